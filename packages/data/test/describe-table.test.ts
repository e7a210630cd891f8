// What a first look at a table finds.
import { describe, expect, it } from "vitest";
import { describeTable, labelCandidates } from "../src/index.ts";
import { bytesOf, errorOf } from "./support/read.ts";
import { realData } from "./support/realData.ts";

const typeOf = async (...values: string[]): Promise<string> => {
  const text = `h\n${values.map((value) => `"${value}"\n`).join("")}`;
  return (await describeTable(bytesOf(text), { header: true })).columns[0].type;
};

describe("types", () => {
  it.each([
    ["integer", ["1", "-2", "3.0", "1e3"]],
    ["number", ["1", "2.5"]],
    ["number", ["1", "NA", "2.5", "?"]],
    ["category", ["a", "b", "a", "b"]],
    ["category", ["a", " a", "", "b", "b"]],
    ["category", ["1", "yes", "1", "yes"]],
    ["text", ["a", "b", "c"]],
    ["commaNumber", ["6,5", "-3", "0,125", "NA"]],
    ["commaNumber", ["1.234,5", "1.234.567,25"]],
    ["commaNumber", ["1,234", "1,234,567.5"]],
    ["text", ["6,5", "7,", "8"]],
    ["text", ["1,2 m", "1,3"]],
    ["empty", ["", "NA", "null"]],
    ["date", ["2024-01-31", "2024-02-01"]],
    ["date", ["31.1.2024", "1.2.24", ""]],
    ["date", ["1/31/2024", "2/1/2024 10:15"]],
    ["date", ["2024-01-31T10:15:00Z", "2024-01-31 10:15:30.5"]],
    ["date", ["10:15", "9:05:00"]],
    ["text", ["2024-01-31", "later"]],
    ["integer", ["20240131", "20240201"]],
    ["text", ["1.2.3", "10.11.12.13"]],
  ])("%s: %j", async (type, values) => {
    expect(await typeOf(...values)).toBe(type);
  });

  it("more than a hundred names are text, however often they stand there", async () => {
    const names = Array.from({ length: 101 }, (_, index) => `n${index}`);
    expect(await typeOf(...names, ...names, ...names)).toBe("text");
    expect(await typeOf(...names.slice(1), ...names.slice(1))).toBe("category");
  });
});

it("a column has its gaps, its different values and its range", async () => {
  const description = await describeTable(bytesOf("a,b\n3,x\n,y\n-1,x\n3.0,x\nNA,y\n"));
  expect(description).toEqual({
    file: "input",
    records: 5,
    complete: true,
    header: true,
    columns: [
      {
        index: 0,
        name: "a",
        type: "integer",
        missing: 2,
        firstMissingLine: 3,
        distinct: 2,
        minimum: -1,
        maximum: 3,
        examples: ["3", "-1", "3.0"],
      },
      { index: 1, name: "b", type: "category", missing: 0, distinct: 2, examples: ["x", "y"] },
    ],
  });
});

it("only as many records are looked at as asked for", async () => {
  const text = `a\n${Array.from({ length: 20 }, (_, row) => `${row}\n`).join("")}`;
  for (const [sampleRecords, complete] of [
    [19, false],
    [20, true],
    [21, true],
  ] as const) {
    expect(await describeTable(bytesOf(text), { sampleRecords })).toMatchObject({ records: Math.min(sampleRecords, 20), complete });
  }
  expect((await describeTable(bytesOf(text), { sampleRecords: 3 })).columns[0]).toMatchObject({ distinct: 3, maximum: 2 });
  expect((await errorOf(describeTable(bytesOf("")))).message).toContain("holds no records");
});

it("a column of many batches: values that recur are one, texts are counted up to 10,000", async () => {
  const rows = Array.from(
    { length: 12_000 },
    (_, row) => `${row % 5000},t${row},${row % 7 === 0 ? "" : row % 3},${row < 11_000 ? row : "late"}`,
  );
  const { columns } = await describeTable(bytesOf(["n,t,c,m", ...rows, ""].join("\n")), { sampleRecords: 20_000 });
  expect(columns).toMatchObject([
    { type: "integer", distinct: 5000, minimum: 0, maximum: 4999, examples: ["0", "1", "2", "3", "4"] },
    { type: "text", distinct: 10_000, examples: ["t0", "t1", "t2", "t3", "t4"] },
    { type: "integer", distinct: 3, missing: 1715, firstMissingLine: 2 },
    { type: "text", distinct: 10_000, examples: ["late", "0", "1", "2", "3"] },
  ]);
  expect(columns[0]).not.toHaveProperty("distinctF32");
});

it("numbers that f32 takes for one another are told", async () => {
  const rows = Array.from({ length: 1000 }, (_, row) => `${1_700_000_000 + row},${row}`);
  const { columns } = await describeTable(bytesOf(["time,n", ...rows, ""].join("\n")));
  // Neighbours in f32 are 128 apart here.
  expect(columns[0]).toMatchObject({ distinct: 1000, distinctF32: new Set(rows.map((row) => Math.fround(Number.parseInt(row, 10)))).size });
  expect(columns[1]).not.toHaveProperty("distinctF32");
});

describe("labels", () => {
  const candidates = async (text: string) =>
    labelCandidates(await describeTable(bytesOf(text))).map(({ index, targets }) => [index, targets]);
  it.each([
    [
      "by name, before the last column",
      "a,class,b\n1.5,0,2.5\n2.5,1,3.5\n",
      [
        [1, "classes"],
        [2, "values"],
      ],
    ],
    [
      "by the last word of a name",
      "price,house_value,b\n1,2.5,x\n2,3.5,y\n",
      [
        [0, "classes"],
        [1, "values"],
      ],
    ],
    ["the last column", "1.5,2.5,a\n2.5,3.5,b\n1.5,2.5,a\n2.5,3.5,b\n", [[2, "classes"]]],
    [
      "the first column, if of classes",
      "5,1.5\n7,2.5\n",
      [
        [1, "values"],
        [0, "classes"],
      ],
    ],
    [
      "named so, and yet none: with gaps, of text or with one value",
      "label,y,target\n1,a,5\n,b,5\n",
      [
        [0, undefined],
        [1, undefined],
        [2, undefined],
      ],
    ],
    [
      "by name, before a name that features have too",
      "price,label,b\n1.5,x,2\n2.5,,3\n",
      [
        [1, undefined],
        [0, "values"],
        [2, "classes"],
      ],
    ],
    ["the last column that holds anything", "a,b,kind,\n1.5,2.5,1,\n2.5,3.5,0,\n", [[2, "classes"]]],
    [
      "the last column, though it has gaps, before the first",
      "a,b,c\n1,2.5,1\n2,3.5,\n",
      [
        [2, undefined],
        [0, "classes"],
      ],
    ],
    ["two whole numbers are classes, below 0 too", "1.5,-1\n2.5,1\n3.5,-1\n", [[1, "classes"]]],
    ["three, one of them below 0, are values", "1.5,-1\n2.5,1\n3.5,0\n", [[1, "values"]]],
  ])("%s", async (_, text, wanted) => {
    expect(await candidates(text)).toEqual(wanted);
  });

  const titanic = realData("tables/titanic.csv");
  const housing = realData("tables/california-housing.csv");
  it.skipIf(titanic === undefined || housing === undefined)("of real tables", async () => {
    const first = async (path = ""): Promise<unknown> => labelCandidates(await describeTable(path))[0];
    expect(await first(titanic)).toMatchObject({ name: "Survived", targets: "classes" });
    expect(await first(housing)).toMatchObject({ name: "median_house_value", targets: "values" });
  });
});
