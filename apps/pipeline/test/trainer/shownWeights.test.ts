import { expect, test } from "vitest";
import { weightImages } from "../../src/trainer/shownWeights.ts";

const bytes = (pixels: string): number[] => [...Buffer.from(pixels, "base64")];

test("a column is a unit's image, from the greatest weight's minus to its plus", () => {
  const { images, limit } = weightImages(Float32Array.of(0.5, 0, -2, 1, 2, -1), 2, { width: 1, height: 3 });
  expect(limit).toBe(2);
  expect(images.map(({ pixels, ...rest }) => ({ ...rest, pixels: bytes(pixels) }))).toEqual([
    { index: 0, width: 1, height: 3, pixels: [159, 0, 255] },
    { index: 1, width: 1, height: 3, pixels: [128, 191, 64] },
  ]);
});

test("at most 32 units are shown, and the limit is theirs", () => {
  const weights = Float32Array.from({ length: 33 }, (_, unit) => unit);
  const { images, limit } = weightImages(weights, 33, { width: 1, height: 1 });
  expect([images.length, images.at(-1)?.index, limit]).toEqual([32, 31, 31]);
});

test("weights that are all 0 are in the middle", () => {
  const { images, limit } = weightImages(new Float32Array(4), 1, { width: 2, height: 2 });
  expect([limit, bytes(images[0].pixels)]).toEqual([0, [128, 128, 128, 128]]);
});
