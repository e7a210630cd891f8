// From a table with names, gaps and categories to what a model sees: planned, fitted to training rows, applied to others.
import { randomStream } from "@downhill/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ColumnsConfig,
  DataError,
  fitPreprocessing,
  loadFeatures,
  loadSamples,
  preprocessFeatures,
  type Preprocessing,
  preprocessSamples,
  restoreValues,
  type Samples,
  type ScaleKind,
  split,
} from "../src/index.ts";
import { bytesOf, errorOf } from "./support/read.ts";

const CLASSES = { targets: "classes" } as const;

async function load(text: string, columns: ColumnsConfig, label: string | number = "y"): Promise<Samples> {
  return loadSamples({ file: bytesOf(text), label }, { ...CLASSES, columns });
}

async function fit(text: string, columns: ColumnsConfig, scale?: ScaleKind): Promise<Preprocessing> {
  return fitPreprocessing(await load(text, columns), scale === undefined ? {} : { scale });
}

/** What the model sees of rows without labels. */
async function apply(preprocessing: Preprocessing, text: string): Promise<number[][]> {
  const { table, label } = preprocessing;
  const rows = await loadFeatures({ file: bytesOf(text) }, { ...(table && { layout: table }), ...(label && { label }) });
  return rowsOf(preprocessFeatures(preprocessing, rows));
}

function rowsOf({ count, inputs, features }: { count: number; inputs: number; features: Float32Array }): number[][] {
  return Array.from({ length: count }, (_, row) => Array.from(features.subarray(row * inputs, (row + 1) * inputs)));
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error = await errorOf(promise);
  expect(error).toBeInstanceOf(DataError);
  return error.message;
}

const PEOPLE = "id,sex,age,y\na1,m,20,no\nb2,f,,yes\nc3, m ,40,no\nd4,f,60,yes\n";
const FITTED: ColumnsConfig = { id: "drop", age: { missing: "mean" } };

describe("a configured table", () => {
  it("becomes numbers and one-hot categories, in the order of its columns", async () => {
    const samples = await load(PEOPLE, FITTED);
    const preprocessing = fitPreprocessing(samples);
    expect(preprocessing).toEqual({
      inputs: 3,
      featureNames: ["sex=f", "sex=m", "age"],
      table: {
        width: 4,
        columns: [
          { index: 1, name: "sex", type: "category", missing: "error", unknown: "ignore", categories: ["f", "m"] },
          { index: 2, name: "age", type: "number", missing: "mean", unknown: "ignore", fill: 40 },
        ],
      },
      classes: ["no", "yes"],
      label: { index: 3, name: "y" },
    });
    const ready = preprocessSamples(preprocessing, samples);
    expect(rowsOf(ready)).toEqual([
      [0, 1, 20],
      [1, 0, 40],
      [0, 1, 40],
      [1, 0, 60],
    ]);
    expect(ready.targets).toEqual(samples.targets);
    expect(ready).not.toHaveProperty("table");
  });

  it("is found again by names, whatever else stands in the table and in whatever order", async () => {
    const preprocessing = await fit(PEOPLE, FITTED);
    const wanted = [
      [1, 0, 40],
      [0, 1, 7],
    ];
    expect(await apply(preprocessing, "age,sex\nNA,f\n7,m\n")).toEqual(wanted);
    expect(await apply(preprocessing, 'y,sex,more,age,id\nno,f,"x,y",?,1\n?,m,,7,2\n')).toEqual(wanted);
    expect(await messageOf(apply(preprocessing, "age,gender\n7,m\n"))).toBe(
      'features: has no column "sex", which training had; its columns are "age", "gender"',
    );
    expect(await messageOf(apply(preprocessing, "7,m\n"))).toContain('has no column "sex"');
  });

  it("is found again by places where it has no names, with the label or without", async () => {
    const samples = await load("5,no,red,1\n6,yes,blue,2\n7,no,red,3\n8,yes,blue,4\n", { "0": "drop" }, 1);
    const preprocessing = fitPreprocessing(samples);
    expect(preprocessing.table?.columns.map(({ index }) => index)).toEqual([2, 3]);
    expect(await apply(preprocessing, "0,no,blue,9\n")).toEqual([[1, 0, 9]]);
    expect(await apply(preprocessing, "0,blue,9\n")).toEqual([[1, 0, 9]]);
    expect(await messageOf(apply(preprocessing, "blue,9\n"))).toBe(
      "features: has 2 columns, expected 4 (or 3 without the label) as in training",
    );
  });

  it("can be the features of two files", async () => {
    const source = { features: bytesOf("sex,age\nm,1\nf,\nm,3\nf,5\n"), labels: bytesOf("0\n1\n2\n3\n") };
    const samples = await loadSamples(source, { ...CLASSES, columns: { age: { missing: "dropRow" } } });
    expect([samples.count, samples.table?.dropped]).toEqual([3, 1]);
    expect(samples.targets).toMatchObject({ indices: Int32Array.of(0, 2, 3) });
    expect(rowsOf(preprocessSamples(fitPreprocessing(samples), samples))).toEqual([
      [0, 1, 1],
      [0, 1, 3],
      [1, 0, 5],
    ]);
  });

  it("is the same numbers as without a word where all columns are numbers", async () => {
    const text = "a,b,y\n1,2,0\n3,4.5,1\n";
    const plain = await loadSamples({ file: bytesOf(text), label: "y" }, CLASSES);
    const configured = await load(text, {});
    expect(plain.table).toBeUndefined();
    const preprocessing = fitPreprocessing(configured);
    expect(preprocessSamples(preprocessing, configured)).toEqual(plain);
    expect(preprocessing.featureNames).toEqual(plain.featureNames);
  });

  it("may come from a stream once every column has a type", async () => {
    const stream = (): AsyncIterable<Uint8Array> =>
      (async function* chunks() {
        yield bytesOf("sex,age,y\nm,1,a\nf,2,b\n");
      })();
    const typed = { sex: "category", age: "number" } as const;
    const samples = await loadSamples({ file: stream(), label: "y" }, { ...CLASSES, columns: typed });
    expect(fitPreprocessing(samples).featureNames).toEqual(["sex=f", "sex=m", "age"]);
    expect(await messageOf(loadSamples({ file: stream(), label: "y" }, { ...CLASSES, columns: { age: "number" } }))).toBe(
      'table: column 0 ("sex") has no type, and this source can\'t be read ahead to find it; name it in columns',
    );
  });
});

describe("missing values", () => {
  const ages = (markers: string[]): string => `age,y\n${["1", "2", "9", ...markers].map((age) => `"${age}",a\n`).join("")}`;
  const markers = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "?", " ", " NA "];

  it.each([
    ["mean", 4],
    ["median", 2],
    [{ constant: -1 }, -1],
  ] as const)("of numbers: %j", async (missing, fill) => {
    const samples = await load(ages(markers), { age: { missing } });
    const preprocessing = fitPreprocessing(samples);
    expect(rowsOf(preprocessSamples(preprocessing, samples)).flat()).toEqual([1, 2, 9, ...markers.map(() => fill)]);
  });

  it("an even number of values has the middle of two as its median", async () => {
    expect((await fit("age,y\n8,a\n1,a\n2,a\n100,a\n", { age: { missing: "median" } })).table?.columns[0].fill).toBe(5);
  });

  it("of categories: a constant, which may be a category of its own or one that there is", async () => {
    const text = "c,y\nb,0\n?,0\na,0\nb,0\na,0\n";
    for (const [constant, categories, second] of [
      ["none", ["a", "b", "none"], [0, 0, 1]],
      ["a", ["a", "b"], [1, 0]],
    ] as const) {
      const samples = await load(text, { c: { missing: { constant } } });
      const preprocessing = fitPreprocessing(samples);
      expect(preprocessing.table?.columns[0]).toMatchObject({ categories, fill: constant });
      expect(rowsOf(preprocessSamples(preprocessing, samples))[1]).toEqual(second);
    }
  });

  it("drop their rows from training, and are refused where each row wants an answer", async () => {
    const samples = await load(ages(["", "?"]), { age: { missing: "dropRow" } });
    expect([samples.count, samples.table?.dropped]).toEqual([3, 2]);
    const preprocessing = fitPreprocessing(samples);
    expect(await messageOf(apply(preprocessing, 'age\n1\n""\n'))).toBe(
      'features:3  record 2, column 0 ("age"): the value is missing, and training left such rows out; fill it in, or remove the record',
    );
    expect(await messageOf(load("age,y\n1,a\n,a\n", { age: { type: "category", missing: "dropRow" }, z: "drop" }))).toContain(
      'no column "z"',
    );
    expect(await messageOf(load("age,y\n?,a\n,a\n", { age: { type: "number", missing: "dropRow" } }))).toContain("leaves no record");
  });

  it("are an error with advice where nothing is said, before and after training", async () => {
    expect(await messageOf(load(PEOPLE, { id: "drop" }))).toBe(
      'table: column 2 ("age") is missing in 1 of the 4 records, first in line 3; ' +
        'say "columns": { "age": { "missing": "median" } }, or "mean", "dropRow", { "constant": 0 }',
    );
    const preprocessing = await fit("c,n,y\na,1,0\na,2,0\nb,3,0\nb,4,0\n", {});
    expect(await messageOf(apply(preprocessing, "c,n\na,1\n,2\n"))).toMatch(
      /^features:3 {2}record 2, column 0 \("c"\): the value is missing/,
    );
    expect(await messageOf(apply(preprocessing, "c,n\na,nan\n"))).toMatch(
      /^features:2 {2}record 1, column 1 \("n"\): the value is missing/,
    );
    expect(await messageOf(apply(preprocessing, "c,n\na,\n"))).toMatch(/^features:2:3 {2}record 1, column 1 \("n"\)/);
  });
});

describe("a category that training had not", () => {
  const text = "c,y\na,0\na,0\nb,0\nb,0\n";
  it("is all zeros, or an error", async () => {
    expect(await apply(await fit(text, {}), "c\nzz\nb\n")).toEqual([
      [0, 0],
      [0, 1],
    ]);
    expect(await messageOf(apply(await fit(text, { c: { unknown: "error" } }), "c\nzz\n"))).toBe(
      'column 0 ("c"): "zz" is none of the 2 categories of training, "a", "b"; correct it, or set "unknown" to "ignore" and train again',
    );
  });

  it("is one that only rows set aside have", async () => {
    const samples = await load(text, {});
    const train = { ...samples, count: 2, features: samples.features.slice(0, 2) };
    const preprocessing = fitPreprocessing(train);
    expect(preprocessing.table?.columns[0].categories).toEqual(["a"]);
    expect(rowsOf(preprocessSamples(preprocessing, samples))).toEqual([[1], [1], [0], [0]]);
  });
});

describe("what can't be planned is refused", () => {
  it.each<[string, string, ColumnsConfig, RegExp]>([
    [
      "a date",
      "when,y\n2024-01-31,0\n2024-02-01,1\n",
      {},
      /column 0 \("when"\) holds dates, such as "2024-01-31", which no model takes; "drop" it/,
    ],
    ["text", "t,y\nabc,0\ndef,1\n", {}, /column 0 \("t"\) holds text, such as "abc"; in columns "drop" it, or take it as "category"/],
    ["decimal commas", "t;y\n6,5;0\n7,25;1\n", {}, /column 0 \("t"\) holds numbers with commas, such as "6,5"; write them with points/],
    [
      "decimal commas as numbers",
      "t;y\n6,5;0\n7,25;1\n",
      { t: "number" },
      /holds numbers with commas, such as "6,5"; write them with points/,
    ],
    ["nothing", "t,x,y\n,1,0\n?,2,1\n", {}, /column 0 \("t"\) holds no values; "drop" it/],
    ["an unknown column", "t,y\n1,0\n2,1\n", { u: "drop" }, /has no column "u", which columns names; its columns are "t", "y"/],
    ["the label", "t,y\n1,0\n2,1\n", { y: "drop" }, /column 1 \("y"\) is the label; of it, columns can only say/],
    ["nothing left", "t,y\n1,0\n2,1\n", { t: "drop" }, /no columns of features besides the label/],
    ["two of a name", "t,t,y\n1,2,0\n2,3,1\n", {}, /two columns named "t"/],
    ["words as numbers", "t,y\nabc,0\n2,1\n", { t: "number" }, /column 0 \("t"\) is to be of numbers, but holds "abc", "2"/],
    ["the mean of words", "t,y\na,0\na,1\n", { t: { missing: "mean" } }, /column 0 \("t"\) is of categories/],
    ["a word among numbers", "t,y\n1,0\n2,1\n", { t: { missing: { constant: "x" } } }, /the constant of "missing" must be a number/],
    [
      "several columns",
      "s,t,u,y\na,b,1,0\nc,d,,1\n",
      {},
      /^table: 3 columns need a word in the config:\n {2}column 0.*\n {2}column 1.*\n {2}column 2.*$/,
    ],
  ])("%s", async (_, text, columns, message) => {
    expect(await messageOf(load(text, columns))).toMatch(message);
  });

  it("a column behind the records that were looked at", async () => {
    const rows = Array.from({ length: 10_000 }, (_, row) => `${row},0\n`).join("");
    expect(await messageOf(load(`n,y\n${rows}oops,1\n`, {}))).toMatch(/^table:10002:1 {2}.*"oops" is not a number/);
    expect(await messageOf(load(`n,y\n${rows}oops,1\n`, { n: { missing: "mean" } }))).toMatch(
      /^table:10002:1 {2}record 10001, column 0 \("n"\): "oops" is not a number; expected .*, or NA where it is missing$/,
    );
  });

  it("images", async () => {
    const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7);
    const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 0);
    expect(await messageOf(loadSamples({ images, labels }, { ...CLASSES, columns: {} }))).toContain("no columns to configure");
  });

  it("an id of too many values as a category", async () => {
    const rows = Array.from({ length: 1001 }, (_, row) => `p${row},0\n`).join("");
    expect(await messageOf(fit(`id,y\n${rows}`, { id: "category" }))).toContain("has 1001 categories, at most 1000");
  });
});

describe("a scale", () => {
  const text = "c,n,y\na,10,0\na,20,0\nb,30,0\nb,40,0\n";
  it.each<[ScaleKind, number[]]>([
    [10, [1, 2, 3, 4]],
    ["minmax", [0, 1 / 3, 2 / 3, 1]],
    ["standard", [-15, -5, 5, 15].map((distance) => distance / Math.sqrt(125))],
  ])("%s is of the numbers alone", async (scale, numbers) => {
    const samples = await load(text, {});
    const ready = preprocessSamples(fitPreprocessing(samples, { scale }), samples);
    expect(rowsOf(ready)).toEqual(numbers.map((number, row) => [row < 2 ? 1 : 0, row < 2 ? 0 : 1, Math.fround(number)]));
  });
});

describe("values to predict", () => {
  it("are brought to mean 0 and deviation 1, and back", async () => {
    const file = bytesOf("n,price\n1,100000\n2,200000\n3,300000\n");
    const samples = await loadSamples({ file, label: "price" }, { targets: "values" });
    const preprocessing = fitPreprocessing(samples);
    expect(preprocessing.target?.mean).toEqual([200_000]);
    const { targets } = preprocessSamples(preprocessing, samples);
    if (targets.kind !== "values" || preprocessing.target === undefined) throw new Error("no values");
    expect(targets.values[1]).toBe(0);
    expect(targets.values[2]).toBeCloseTo(Math.sqrt(1.5), 6);
    expect(Array.from(restoreValues(preprocessing.target, targets.values), Math.round)).toEqual([100_000, 200_000, 300_000]);
    // The samples' own values are left as they are.
    expect(samples.targets).toMatchObject({ values: Float32Array.of(100_000, 200_000, 300_000) });
  });

  it("of several outputs share a deviation; constant ones have 1", async () => {
    const load2 = async (labels: string): Promise<Samples> =>
      loadSamples({ features: bytesOf("1\n2\n"), labels: bytesOf(labels) }, { targets: "values" });
    expect(fitPreprocessing(await load2("0,10\n2,30\n")).target).toEqual({ mean: [1, 20], deviation: Math.sqrt((1 + 1 + 100 + 100) / 4) });
    expect(fitPreprocessing(await load2("7\n7\n")).target).toEqual({ mean: [7], deviation: 1 });
    expect(fitPreprocessing(await load2("0,10\n2,30\n"), { scaleTargets: false }).target).toEqual({ mean: [0, 0], deviation: 1 });
    const gap = load2("7\nnan\n").then((samples) => fitPreprocessing(samples));
    expect(await messageOf(gap)).toBe("the value to predict is NaN in row 2 of training; correct or remove it");
  });
});

describe("laws", () => {
  const record = fc.record({
    n: fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: undefined }),
    c: fc.constantFrom("red", "green", "blue", "?"),
    y: fc.constantFrom("p", "q"),
  });
  const tables = fc.array(record, { minLength: 4, maxLength: 30 });
  const rowText = ({ n, c }: { n?: number | undefined; c: string }): string => `${n ?? ""},${c}\n`;
  const CONFIG: ColumnsConfig = {
    n: { type: "number", missing: "median" },
    c: { type: "category", missing: { constant: "none" } },
  };
  const tableText = (records: readonly { n?: number | undefined; c: string; y: string }[]): string =>
    `n,c,y\n${records.map((row) => rowText(row).replace("\n", `,${row.y}\n`)).join("")}`;

  it("rows apart become the same as all at once, after a round trip through JSON too", async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.constantFrom<ScaleKind>("standard", "minmax", 7), async (records, scale) => {
        fc.pre(records.some(({ n }) => n !== undefined));
        const samples = await load(tableText(records), CONFIG);
        const preprocessing = fitPreprocessing(samples, { scale });
        const stored = JSON.parse(JSON.stringify(preprocessing)) as Preprocessing;
        expect(stored).toEqual(preprocessing);
        const whole = rowsOf(preprocessSamples(preprocessing, samples));
        const apart = await Promise.all(records.map((row) => apply(stored, `n,c\n${rowText(row)}`)));
        expect(apart.flat()).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it("nothing but the training rows is fitted to", async () => {
    await fc.assert(
      fc.asyncProperty(tables, tables, fc.nat(99), async (records, others, seed) => {
        // Two tables that differ only in the rows which the split sets aside.
        const samples = await load(tableText(records), CONFIG);
        const numbered = { ...samples, features: samples.features.map((_, at) => Math.floor(at / samples.inputs)) };
        const [rest, part] = split(numbered, 0.4, randomStream(seed, "split"));
        const aside = new Set(Array.from({ length: part.count }, (_, row) => part.features[row * part.inputs]));
        fc.pre(
          Array.from({ length: rest.count }, (_, row) => rest.features[row * rest.inputs]).some((row) => records[row].n !== undefined),
        );
        const changed = records.map((row, index) => (aside.has(index) ? { ...others[index % others.length], y: row.y } : row));
        const fitted = await Promise.all(
          [records, changed].map(async (rows) => {
            const [train] = split(await load(tableText(rows), CONFIG), 0.4, randomStream(seed, "split"));
            return fitPreprocessing(train, { scale: "standard" });
          }),
        );
        expect(fitted[1]).toEqual(fitted[0]);
      }),
      { numRuns: 40 },
    );
  });
});
