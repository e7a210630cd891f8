// The data check against counts that are made the slow way.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkData, loadSamples, type Samples } from "../src/index.ts";
import { bytesOf } from "./support/read.ts";
import { realData } from "./support/realData.ts";

function samplesOf(rows: readonly (readonly number[])[], indices: readonly number[] = rows.map(() => 0)): Samples {
  return {
    count: rows.length,
    inputs: rows[0]?.length ?? 1,
    features: Float32Array.from(rows.flat()),
    targets: { kind: "classes", indices: Int32Array.from(indices), classes: ["a", "b"] },
  };
}

it("rows that stand twice and rows of the training set are those that a comparison of all pairs finds", () => {
  const value = fc.constantFrom(0, -0, 1, -1, 0.5, 255, Number.NaN);
  const rows = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(rows, rows, (train, test) => {
      const key = (row: readonly number[]): string => row.map((number) => String(number + 0)).join();
      const seen = new Set(train.map(key));
      const [first, second] = checkData([
        ["train", samplesOf(train)],
        ["test", samplesOf(test)],
      ]);
      expect([first.rows, first.repeated, first.inFirst]).toEqual([train.length, train.length - seen.size, 0]);
      expect(second.inFirst).toBe(test.filter((row) => seen.has(key(row))).length);
    }),
  );
});

it("rows that differ in the order or the place of their values are different", () => {
  const rows = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [1, 1, 0],
    [0, 1, 1],
    [1, 0, 1],
    [2, 1, 0],
    [1, 2, 0],
  ];
  expect(checkData([["train", samplesOf(rows)]])[0].repeated).toBe(0);
  const many = Array.from({ length: 50_000 }, (_, row) => [row % 256, Math.floor(row / 256)]);
  expect(checkData([["train", samplesOf(many)]])[0].repeated).toBe(0);
});

it("values, columns and classes", () => {
  const rows = [
    [1, 5, Number.NaN, 0],
    [2, 5, Infinity, -0],
  ];
  expect(checkData([["train", samplesOf(rows, [1, 1])]])).toEqual([
    {
      name: "train",
      rows: 2,
      dropped: 0,
      missing: 0,
      notFinite: 2,
      minimum: 0,
      maximum: 5,
      constant: [1, 3],
      repeated: 0,
      inFirst: 0,
      histogram: [0, 2],
    },
  ]);
  expect(checkData([["train", samplesOf([[1]])]])[0].constant).toEqual([]);
});

describe("a configured table", () => {
  const load = async (text: string, layout?: NonNullable<Samples["table"]>["layout"]): Promise<Samples> =>
    loadSamples(
      { file: bytesOf(text), label: "y" },
      { targets: "classes", ...(layout ? { layout } : { columns: { n: { missing: "mean" }, d: { type: "number", missing: "dropRow" } } }) },
    );

  it("has its gaps counted apart, and categories compared by their texts", async () => {
    const train = await load("c,n,d,y\na,1,7,0\nb,,7,0\nb,3,7,1\na,4,?,1\na,1,7,0\n");
    const test = await load("c,n,d,y\nb,3,7,0\na,2,7,0\nb,NA,7,0\n", train.table?.layout);
    const [first, second] = checkData([
      ["train", train],
      ["test", test],
    ]);
    expect(first).toMatchObject({ rows: 4, dropped: 1, missing: 1, notFinite: 0, minimum: 1, maximum: 7, constant: [2], repeated: 1 });
    expect(second).toMatchObject({ rows: 3, inFirst: 2 });
  });
});

const folder = realData("mini-mnist");
it.skipIf(folder === undefined)("32 of the 350 test images of mini-mnist are training images", async () => {
  const load = async (name: string): Promise<Samples> =>
    loadSamples({ features: `${folder}/${name}_X.csv`, labels: `${folder}/${name}_label.csv` }, { targets: "classes" });
  const [train, test] = checkData([
    ["train", await load("train")],
    ["test", await load("test")],
  ]);
  expect([train.rows, train.repeated, test.rows, test.inFirst]).toEqual([1000, 42, 350, 32]);
});
