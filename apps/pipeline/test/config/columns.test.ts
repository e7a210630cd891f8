// What a config can say of a table's columns, and what is said of what it can't.
import { expect, test } from "vitest";
import { complaints, LEAST, load } from "./writtenConfig.ts";

const withColumns = (columns: unknown): unknown => ({ ...LEAST, data: { ...LEAST.data, columns } });

test.each([
  [{}],
  [{ age: "number", sex: "category", name: "drop" }],
  [{ age: { missing: "mean" }, "3": { type: "category", missing: { constant: "none" }, unknown: "error" } }],
  [{ n: { type: "number", missing: { constant: -1 } }, m: { missing: "dropRow" }, k: { missing: { constant: "x" } } }],
])("%j is taken as it stands", async (columns) => {
  expect((await load(withColumns(columns))).config.data.columns).toEqual(columns);
});

test.each([
  [{ age: "integer" }, "data.columns.age", 'expected "number", "category" or "drop" or an object, got "integer"'],
  [{ age: { type: "numbr" } }, "data.columns.age.type", 'expected "number" or "category", got "numbr"; did you mean "number"?'],
  [{ age: { mising: "mean" } }, "data.columns.age.mising", 'unknown key; did you mean "missing"?'],
  [
    { age: { missing: "average" } },
    "data.columns.age.missing",
    'expected "error", "mean", "median" or "dropRow" or an object, got "average"',
  ],
  [{ age: { missing: { constant: true } } }, "data.columns.age.missing.constant", "expected a number or a string, got true"],
  [{ age: { unknown: "drop" } }, "data.columns.age.unknown", 'expected "ignore" or "error", got "drop"'],
  [
    { sex: { type: "category", missing: "median" } },
    "data.columns.sex.missing",
    'a category has no median; expected "error", "dropRow" or { "constant": "a category" }',
  ],
  [
    { sex: { type: "category", missing: { constant: 0 } } },
    "data.columns.sex.missing",
    'a category has no number; expected "error", "dropRow" or { "constant": "a category" }',
  ],
  [{ age: { type: "number", missing: { constant: "x" } } }, "data.columns.age.missing.constant", "expected a number"],
  [{ age: { type: "number", unknown: "error" } }, "data.columns.age.unknown", "only a category can be unknown; leave it out"],
])("%j", async (columns, key, message) => {
  const [complaint, ...others] = await complaints(withColumns(columns));
  expect(others).toEqual([]);
  expect(complaint.split("  ").slice(1)).toEqual([key, message]);
});

test("--set reaches a column", async () => {
  const { config } = await load(LEAST, { set: ["data.columns.age.missing=mean", "data.columns.id=drop"] });
  expect(config.data.columns).toEqual({ age: { missing: "mean" }, id: "drop" });
});
