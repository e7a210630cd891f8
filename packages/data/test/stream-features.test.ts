// Rows for prediction as a stream: the same features as loading them whole, whatever the batches, and errors that tell the place.
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ColumnKind,
  type FeatureRows,
  fitPreprocessing,
  loadFeatures,
  loadSamples,
  preprocessFeatures,
  type Preprocessing,
  readCsv,
  streamFeatures,
} from "../src/index.ts";
import { bytesOf } from "./support/read.ts";

const NUMBERS: Preprocessing = { inputs: 3, featureNames: ["a", "b", "c"], label: { index: 3, name: "kind" } };

async function collect(file: string | Uint8Array, preprocessing: Preprocessing, batchRows = 2): Promise<FeatureRows[]> {
  const source = typeof file === "string" ? bytesOf(file) : file;
  const batches: FeatureRows[] = [];
  for await (const batch of streamFeatures(source, preprocessing, { batchRows, name: "rows.csv" })) batches.push(batch);
  return batches;
}

async function featuresOf(file: string | Uint8Array, preprocessing: Preprocessing, batchRows?: number): Promise<number[]> {
  return (await collect(file, preprocessing, batchRows)).flatMap(({ features }) => [...features]);
}

async function ignoredIn(file: string, preprocessing: Preprocessing): Promise<readonly string[]> {
  let ignored: readonly string[] = [];
  const options = { batchRows: 2, onIgnored: (columns: readonly string[]): unknown => (ignored = columns) };
  await streamFeatures(bytesOf(file), preprocessing, options).next();
  return ignored;
}

describe("columns of numbers", () => {
  it.each([
    ["as in training", "a,b,c,kind\n1,2,3,x\n4,5,6,y\n"],
    ["in another order, without the label", "c,a,b\n3,1,2\n6,4,5\n"],
    ["among others", "id,c,note,a,b\nr1,3,hello,1,2\nr2,6,,4,5\n"],
    ["without names", "1,2,3\n4,5,6\n"],
    ["without names, with the label", "1,2,3,x\n4,5,6,y\n"],
  ])("%s", async (_, file) => {
    expect(await featuresOf(file, NUMBERS)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await featuresOf(gzipSync(file), NUMBERS)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("whose names are numbers are known by them", async () => {
    const preprocessing = { inputs: 2, featureNames: ["0", "1"] };
    expect(await featuresOf("1,0\n5.5,6.5\n", preprocessing)).toEqual([6.5, 5.5]);
    expect(await featuresOf("7,8\n5.5,6.5\n", preprocessing)).toEqual([7, 8, 5.5, 6.5]);
  });

  it("whose names tell nothing apart are taken as they stand", async () => {
    expect(await featuresOf("x,x\n1,2\n", { inputs: 2, featureNames: ["x", "x"] })).toEqual([1, 2]);
  });

  it("are scaled as in training", async () => {
    const scale = { type: "standard", mean: [1, 2, 3], deviation: [1, 2, 4] } as const;
    expect(await featuresOf("c,b,a\n11,6,3\n", { ...NUMBERS, scale })).toEqual([2, 2, 2]);
  });

  it("that are not used are told; the label is not among them", async () => {
    expect(await ignoredIn("id,a,kind,b,c\n7,1,x,2,3\n", NUMBERS)).toEqual(["id"]);
    expect(await ignoredIn("a,b,c,kind\n1,2,3,x\n", NUMBERS)).toEqual([]);
    expect(await ignoredIn("1,2,3,x\n", NUMBERS)).toEqual([]);
  });

  it.each([
    ["one is missing", "a,b\n1,2\n", 'rows.csv: has no column "c", which training had; its columns are "a", "b"'],
    ["one stands twice", "a,b,c,a\n1,2,3,4\n", 'rows.csv: has two columns named "a"; rename one'],
    ["there are too few", "1,2\n", "rows.csv: has 2 columns of features, expected 3 as in training"],
    ["there are too many", "1,2,3,4,5\n", "rows.csv: has 5 columns of features, expected 3 as in training"],
    ["there are no records", "a,b,c\n", "rows.csv: the file holds no records"],
    ["there is nothing", "", "rows.csv: the file holds no records"],
  ])("%s: an error", async (_, file, message) => {
    await expect(collect(file, NUMBERS)).rejects.toThrow(message);
  });
});

describe("configured columns", async () => {
  const columns = { age: { missing: "median" }, town: "category", id: "drop" } as const;
  const table = "id,age,town,price\n1,30,Rome,5\n2,,Oslo,6\n3,50,Rome,7\n";
  const train = await loadSamples({ file: bytesOf(table), label: "price" }, { targets: "values", columns });
  const preprocessing = fitPreprocessing(train, { scale: "minmax" });
  const strict: Preprocessing = {
    ...preprocessing,
    table: { width: 4, columns: preprocessing.table!.columns.map((column) => ({ ...column, unknown: "error" })) },
  };

  it("are the same features as those of the table loaded whole, however it is cut into batches", async () => {
    const age = fc.oneof(
      fc.constantFrom("", "NA", " 7 "),
      fc.integer({ min: -99, max: 99 }).map(String),
      fc.float({ noNaN: true }).map(String),
    );
    const row = fc.tuple(age, fc.constantFrom("Rome", "Oslo", "Bern", '"Rome"', " Oslo"));
    const finite = fc.array(
      row.filter(([text]) => !text.includes("Inf")),
      { minLength: 1, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(finite, fc.integer({ min: 1, max: 9 }), async (rows, batchRows) => {
        const file = bytesOf(`town,age\n${rows.map(([years, town]) => `${town},${years}\n`).join("")}`);
        const whole = preprocessFeatures(preprocessing, await loadFeatures({ file }, { layout: preprocessing.table }));
        const batches = await collect(file, preprocessing, batchRows);
        expect(batches.flatMap(({ features }) => [...features])).toEqual([...whole.features]);
        expect(batches.map(({ recordsBefore }) => recordsBefore)).toEqual(batches.map((_, index) => index * batchRows));
        expect(batches.flatMap(({ lines }) => [...lines])).toEqual(rows.map((_, index) => index + 2));
      }),
    );
  });

  it.each([
    [
      "a text among numbers",
      preprocessing,
      "age,town\n1,Rome\n2,Rome\n3,Rome\nold,Rome\n",
      /^rows\.csv:5:1 {2}record 4, column 0 \("age"\): "old" is not/,
    ],
    [
      "a gap where training had none",
      preprocessing,
      "age,town\n1,Rome\n2,Rome\n3,\n",
      /^rows\.csv:4 {2}record 3, column 1 \("town"\): the value/,
    ],
    [
      "a new category",
      strict,
      "age,town\n1,Rome\n2,Rome\n3,Rome\n4,Bern\n",
      /^rows\.csv:5 {2}record 4, column 2 \("town"\): "Bern" is none/,
    ],
    ["a field too few", preprocessing, "age,town\n1,Rome\n2,Rome\n3\n", /^rows\.csv:4:1 {2}record 3 has 1 field, expected 2/],
  ])("%s in a later batch is told with its line and record", async (_, model, file, message) => {
    const batches = streamFeatures(bytesOf(file), model, { batchRows: 2, name: "rows.csv" });
    expect((await batches.next()).value).toMatchObject({ count: 2 });
    await expect(batches.next()).rejects.toThrow(message);
  });

  it("hold the texts of one batch only", async () => {
    const file = bytesOf(Array.from({ length: 50 }, (_, row) => `town ${row},town ${row % 3}\n`).join(""));
    const kinds = (): ColumnKind[] => ["category", "category"];
    let seen = 0;
    for await (const { rows, codes, columns: read } of readCsv(file, { columns: kinds, batchRows: 20, codes: "batch" })) {
      expect(read.map(({ categories }) => categories.length)).toEqual([rows, 3]);
      for (let row = 0; row < rows; row += 1, seen += 1) {
        expect(read.map(({ categories }, column) => categories[codes[2 * row + column]])).toEqual([`town ${seen}`, `town ${seen % 3}`]);
      }
    }
    expect(seen).toBe(50);
  });
});
