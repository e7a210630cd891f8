import type { Samples, SetCheck } from "@downhill/data";
import { expect, test } from "vitest";
import { dataNotices } from "../../src/trainer/dataNotices.ts";

const CLEAN: SetCheck = {
  name: "train",
  rows: 100,
  dropped: 0,
  missing: 0,
  notFinite: 0,
  minimum: 0,
  maximum: 1,
  constant: [],
  repeated: 0,
  inFirst: 0,
  histogram: [55, 45],
};
const TRAIN: Samples = {
  count: 100,
  inputs: 2,
  features: new Float32Array(200),
  featureNames: ["width", "depth"],
  targets: { kind: "classes", indices: new Int32Array(100), classes: ["ant", "bee"] },
};
const noticesOf = (first: Partial<SetCheck>, second?: Partial<SetCheck>): string[] =>
  dataNotices([{ ...CLEAN, ...first }, ...(second ? [{ ...CLEAN, name: "test", ...second }] : [])], TRAIN, undefined);

test("clean data is not spoken of", () => {
  expect(noticesOf({ missing: 3 }, { constant: [0], repeated: 7, histogram: [100, 0] })).toEqual([]);
});

test.each([
  [{ leftOut: [{ file: "a.csv", records: [7], first: "a.csv:9:1  no" }] }, "train: 1 malformed record is left out; a.csv:9:1  no"],
  [
    { leftOut: [{ file: "a.csv", records: [7, 9], first: "a.csv:9:1  no" }] },
    "train: 2 malformed records are left out; the first: a.csv:9:1  no",
  ],
  [{ dropped: 3 }, "train: 3 rows of its file are left out, because a value is missing"],
  [{ notFinite: 2 }, "train: 2 features are NaN or infinite; a model can learn nothing from them"],
  [{ constant: [1] }, "train: the same value in all rows of column depth; a model can learn nothing from it"],
  [{ constant: [0, 1] }, "train: the same value in all rows of 2 columns: width, depth; a model can learn nothing from it"],
  [{ repeated: 42 }, "train: 42 of 100 rows repeat an earlier row's features"],
  [{ histogram: [91, 9] }, "train: the classes are uneven, rows by class: ant 91, bee 9"],
  [{ histogram: [100, 0] }, "train: the classes are uneven, rows by class: ant 100, bee 0"],
])("%j is told", (check, line) => {
  expect(noticesOf(check)).toEqual([line]);
});

test("rows of the training set among others are told, with the set's name", () => {
  expect(noticesOf({}, { rows: 350, inFirst: 32 })).toEqual([
    "test: 32 of 350 rows have the features of a training row; what is measured on them may flatter the model",
  ]);
});

test("a pixel that is always blank is nothing to tell", () => {
  expect(dataNotices([{ ...CLEAN, constant: [0] }], TRAIN, { width: 1, height: 2 })).toEqual([]);
});
