import { expect, test } from "vitest";
import { pictures, picturesOfAny } from "../../src/trainer/pictures.ts";

const SIZE = { width: 2, height: 1 };
const samples = (features: number[], indices = [0, 1]): Parameters<typeof pictures>[0] => ({
  count: 2,
  inputs: 2,
  features: Float32Array.from(features),
  targets: { kind: "classes", indices: Int32Array.from(indices), classes: ["a", "b"] },
});
const bytes = (pixels: string): number[] => [...Buffer.from(pixels, "base64")];

test("pixels of 0..255 are kept, clamped and rounded to bytes", () => {
  const [first, second] = pictures(samples([0, 255, 12.6, 300]), [0, 1], SIZE);
  expect(bytes(first.pixels)).toEqual([0, 255]);
  expect(bytes(second.pixels)).toEqual([13, 255]);
});

test("pixels of 0..1 are brought to 0..255", () => {
  expect(pictures(samples([0, 1, 0.2, 0]), [0, 1], SIZE).map(({ pixels }) => bytes(pixels))).toEqual([
    [0, 255],
    [51, 0],
  ]);
});

test("a picture says which row it is, its size and its label, and is a copy", () => {
  const set = samples([0, 255, 1, 2]);
  const [picture] = pictures(set, [1], SIZE);
  set.features.fill(9);
  expect(picture).toMatchObject({ index: 1, width: 2, height: 1, label: 1 });
  expect(bytes(picture.pixels)).toEqual([1, 2]);
});

test("values to predict are no labels", () => {
  const set = { ...samples([0, 1, 2, 3]), targets: { kind: "values", values: Float32Array.of(1, 2), outputs: 1 } } as const;
  expect(pictures(set, [0], SIZE)[0]).not.toHaveProperty("label");
});

test.each([[[0, 255, 12.6, 300]], [[0, 1, 0.2, 0.5]]])(
  "any row of %j is the picture that it was before its features changed",
  (features) => {
    const set = samples(features);
    const [first, second] = pictures(set, [0, 1], SIZE);
    const picture = picturesOfAny(set, SIZE);
    set.features.fill(9);
    expect([picture(0), picture(1)]).toEqual([first, second]);
  },
);
