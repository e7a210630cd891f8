import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataError, fitPreprocessing, loadFeatures, loadSamples, streamLike, type LoadProgress, type SampleOptions } from "../src/index.ts";
import { bytesOf, errorOf } from "./support/read.ts";
import { realData } from "./support/realData.ts";

const classes: SampleOptions = { targets: "classes" };
const values: SampleOptions = { targets: "values" };

const pair = (features: string, labels: string) => ({ features: bytesOf(features), labels: bytesOf(labels) });
const table = (file: string, label: string | number) => ({ file: bytesOf(file), label });

async function labelsOf(labels: string, options: SampleOptions = classes) {
  const rows = labels.trim().split("\n").length;
  // As many feature rows as labels, a header apart.
  const features = "1\n".repeat(rows - (/^[a-z]+(,[a-z]+)*\n[\d.]/.test(labels) ? 1 : 0));
  return (await loadSamples(pair(features, labels), options)).targets;
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error = await errorOf(promise);
  expect(error).toBeInstanceOf(DataError);
  return error.message;
}

describe("two files", () => {
  it("give features and one-hot classes", async () => {
    expect(await loadSamples(pair("1,2\n3,4\n5,6", "1.0,0.0\n0.0,1.0\n0,1"), classes)).toEqual({
      count: 3,
      inputs: 2,
      features: Float32Array.of(1, 2, 3, 4, 5, 6),
      targets: { kind: "classes", indices: Int32Array.of(0, 1, 1), classes: ["0", "1"] },
    });
  });

  it("keep the features' names, and read gzip", async () => {
    const samples = await loadSamples({ features: gzipSync("a,b\n1,2\n"), labels: gzipSync("0\n") }, classes);
    expect(samples.featureNames).toEqual(["a", "b"]);
  });

  it("give values of one or more columns", async () => {
    expect(await labelsOf("1.5\n-2\n", values)).toEqual({ kind: "values", values: Float32Array.of(1.5, -2), outputs: 1 });
    expect(await labelsOf("1,2\n3,4\n", values)).toEqual({ kind: "values", values: Float32Array.of(1, 2, 3, 4), outputs: 2 });
  });

  it("are in many batches as in one, and report progress", async () => {
    const rows = 10_000;
    const progress: LoadProgress[] = [];
    const features = Array.from({ length: rows }, (_, row) => `${row},${row / 4}`).join("\n");
    const labels = Array.from({ length: rows }, (_, row) => row % 10).join("\n");
    const samples = await loadSamples(pair(features, labels), { ...classes, onProgress: (seen) => progress.push(seen) });
    expect(samples.count).toBe(rows);
    expect(samples.features.every((value, at) => value === (at % 2 === 0 ? at / 2 : (at - 1) / 8))).toBe(true);
    expect(samples.targets).toMatchObject({ indices: Int32Array.from({ length: rows }, (_, row) => row % 10) });
    expect(progress.filter(({ file }) => file === "features").map(({ records }) => records)).toEqual([4096, 8192, 10_000]);
    expect(progress.at(-1)).toEqual({ file: "labels", records: rows });
  });

  it("must be of one length", async () => {
    const reading = loadSamples(pair("1\n2\n3", "0\n1"), classes);
    expect(await messageOf(reading)).toBe(
      "labels: has 2 labels, but features has 3 rows of features; there must be one label for each row",
    );
  });

  it("must have as many inputs as asked for, and records", async () => {
    const reading = loadSamples(pair("1,2\n3,4", "0\n1"), { ...classes, inputs: 3 });
    expect(await messageOf(reading)).toBe("features: has 2 columns of features, expected 3 as in training");
    expect(await messageOf(loadSamples(pair("", "0"), classes))).toBe("features: the file holds no records; give a file with at least one");
    expect(await messageOf(loadSamples({ features: "none.csv", labels: "no.csv" }, classes))).toBe(
      "none.csv: no such file; check the path\nno.csv: no such file; check the path",
    );
  });
});

describe("classes", () => {
  it.each([
    ["indices", "2\n0\n1\n2\n", [2, 0, 1, 2], ["0", "1", "2"]],
    ["whole numbers with gaps, by size", "30\n-1\n7\n30\n", [2, 0, 1, 2], ["-1", "7", "30"]],
    ["whole numbers from 1", "1\n3\n2\n", [0, 2, 1], ["1", "2", "3"]],
    ["large numbers, which f32 does not tell apart", "16777217\n16777216\n", [1, 0], ["16777216", "16777217"]],
    ["names with blanks around them", "x\n x\nx \ny\n", [0, 0, 0, 1], ["x", "y"]],
    ["indices written in other ways", "2.0\n+1\n 2\n1e0\n-0\n0\n", [2, 1, 2, 1, 0, 0], ["0", "1", "2"]],
    ["indices under a header", "label\n1\n0\n", [1, 0], ["0", "1"]],
    ["names in code-unit order", "b\na\nB\né\nb\n", [2, 1, 0, 3, 2], ["B", "a", "b", "é"]],
    ["names and numbers", "1\nyes\n", [0, 1], ["1", "yes"]],
    ["negative numbers as names", "1\n-1\n", [1, 0], ["-1", "1"]],
    ["one-hot", "0,1,0\n1,0,0\n", [1, 0], ["0", "1", "2"]],
    ["one-hot with names", "cat,dog\n0,1\n1,0\n", [1, 0], ["cat", "dog"]],
  ])("of %s", async (_, labels, indices, names) => {
    expect(await labelsOf(labels)).toEqual({ kind: "classes", indices: Int32Array.from(indices), classes: names });
  });

  it.each([
    ["names", "b\na\n", ["a", "b", "c"], [1, 0]],
    ["indices of names", "2\n0\n", ["a", "b", "c"], [2, 0]],
    ["numbers that are names", "2\n1\n", ["1", "2"], [1, 0]],
    ["numbers that are names, written otherwise", "2.0\n", ["1", "2"], [1]],
    ["one-hot in their order", "0,1\n", ["a", "b"], [1]],
    ["one-hot under names in another order", "b,a\n0,1\n", ["a", "b", "c"], [0]],
  ])("given, are found by %s", async (_, labels, known, indices) => {
    expect(await labelsOf(labels, { ...classes, classes: known })).toEqual({
      kind: "classes",
      indices: Int32Array.from(indices),
      classes: known,
    });
  });

  it.each([
    ["an empty label", 'a\n""\n', undefined, "labels:2  record 2: the label is empty; give each record a class"],
    ["a missing label", "a\n ? \n", undefined, 'labels:2  record 2: the label " ? " stands for a missing one; give each record a class'],
    [
      "a missing label of known classes",
      "a\nNA\n",
      ["a"],
      'labels:2  record 2: the label "NA" stands for a missing one; give each record a class',
    ],
    [
      "a fraction",
      "1\n1.5\n",
      undefined,
      'labels:2  record 2: "1.5" is not a class: expected a name or a whole number; numbers to predict are targets of "values" (in a config, "loss": "meanSquaredError")',
    ],
    [
      "two ones",
      "1,0\n1,1\n",
      undefined,
      'labels:2  record 2 is not one-hot: expected one 1 and 1 times 0; numbers to predict are targets of "values" (in a config, "loss": "meanSquaredError")',
    ],
    [
      "no one",
      "0,1,0\n0,0,0\n",
      undefined,
      'labels:2  record 2 is not one-hot: expected one 1 and 2 times 0; numbers to predict are targets of "values" (in a config, "loss": "meanSquaredError")',
    ],
    [
      "another number",
      "1,0.5\n",
      undefined,
      'labels:1  record 1 is not one-hot: expected one 1 and 1 times 0; numbers to predict are targets of "values" (in a config, "loss": "meanSquaredError")',
    ],
    [
      "a NaN",
      "1,nan\n",
      undefined,
      'labels:1  record 1 is not one-hot: expected one 1 and 1 times 0; numbers to predict are targets of "values" (in a config, "loss": "meanSquaredError")',
    ],
    ["two columns of a name", "a,a\n1,0\n", undefined, 'labels: two one-hot columns are named "a"; give each class a name of its own'],
    ["an unknown name", "a\nx\n", ["a", "b"], 'labels:2  record 2: "x" is not one of the 2 classes "a", "b"; correct it, or train with it'],
    [
      "an index too large",
      "0\n2\n",
      ["a", "b"],
      'labels:2  record 2: "2" is not one of the 2 classes "a", "b"; correct it, or train with it',
    ],
    [
      "an index where numbers are names",
      "0\n",
      ["1", "2"],
      'labels:1  record 1: "0" is not one of the 2 classes "1", "2"; correct it, or train with it',
    ],
    ["an unknown column", "a,x\n1,0\n", ["a", "b"], 'labels: the one-hot column "x" is not one of the 2 classes "a", "b"'],
    ["too few columns", "1,0\n", ["a", "b", "c"], 'labels: 2 one-hot columns, expected 3: one for each of the 3 classes "a", "b", "c"'],
  ])("refuse %s", async (_, labels, known, message) => {
    expect(await messageOf(labelsOf(labels, known ? { ...classes, classes: known } : classes))).toBe(message);
  });

  it("are no more than 65,536 whole numbers", async () => {
    const numbers = (count: number): string => Array.from({ length: count }, (_, index) => `${3 * index}\n`).join("");
    expect((await labelsOf(numbers(65_536))).kind).toBe("classes");
    expect(await messageOf(labelsOf(numbers(65_537)))).toBe(
      'labels: there are 65537 different labels, at most 65536 can be classes; numbers to predict are targets of "values" (in a config, "loss": "meanSquaredError")',
    );
  });

  it("list no more than ten known ones", async () => {
    const known = Array.from({ length: 12 }, (_, index) => `c${index}`);
    expect(await messageOf(labelsOf("x\n", { ...classes, classes: known }))).toContain(
      '12 classes "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9" …;',
    );
  });

  it("written as indices and as one-hot are the same", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(4), { minLength: 1, maxLength: 20 }), async (indices) => {
        const width = Math.max(...indices, 1) + 1;
        const oneHot = indices
          .map((index) => Array.from({ length: width }, (_, column) => (column === index ? "1.0" : "0.0")).join(","))
          .join("\n");
        const known = Array.from({ length: width }, (_, index) => String(index));
        const options = { ...classes, classes: known };
        expect(await labelsOf(oneHot, options)).toEqual(await labelsOf(indices.join("\n"), options));
      }),
    );
  });
});

describe("one table", () => {
  const iris = "w,h,species\n1,2,b\n3,4,a\n";
  it("has its label by name or by index", async () => {
    const expected = {
      count: 2,
      inputs: 2,
      features: Float32Array.of(1, 2, 3, 4),
      featureNames: ["w", "h"],
      targets: { kind: "classes", indices: Int32Array.of(1, 0), classes: ["a", "b"] },
      label: { index: 2, name: "species" },
    };
    expect(await loadSamples(table(iris, "species"), classes)).toEqual(expected);
    expect(await loadSamples(table(iris, 2), classes)).toEqual(expected);
    expect((await loadSamples(table("b,1,2\na,3,4\n", 0), classes)).features).toEqual(expected.features);
  });

  it("has a header if its label has a name, even one that detection would miss", async () => {
    expect((await loadSamples(table("1,label\n5,a\n6,b\n", "label"), classes)).count).toBe(2);
  });

  it("has values too", async () => {
    expect(await loadSamples(table("a,y,b\n1,10,2\n3,20,4\n", "y"), values)).toEqual({
      count: 2,
      inputs: 2,
      features: Float32Array.of(1, 2, 3, 4),
      featureNames: ["a", "b"],
      targets: { kind: "values", values: Float32Array.of(10, 20), outputs: 1 },
      label: { index: 1, name: "y" },
    });
  });

  it.each<[string, string, string | number, string]>([
    ["an unknown name", iris, "specis", 'table: has no column "specis" for the label; its columns are "w", "h", "species"'],
    ["an index too large", iris, 3, "table: has no column 3 for the label; it has 3 columns, 0 to 2"],
    ["a negative index", iris, -1, "table: has no column -1 for the label; it has 3 columns, 0 to 2"],
    ["a name twice", "a,b,a\n1,2,3\n", "a", 'table: has two columns named "a"; give the label\'s index instead'],
    ["nothing but the label", "a\nb\n", 0, "table: has no columns of features besides the label"],
    [
      "text among the features",
      "1,x,a\n2,3,b\n",
      2,
      'table:1:3  record 1, column 1: "x" is not a number; expected a number such as 12, -0.5 or 1e-3; if this line names the columns, set header to true; names, categories and gaps are read with "columns" (in a config, "data": { "columns": {} } finds the types)',
    ],
  ])("refuses %s", async (_, text, label, message) => {
    expect(await messageOf(loadSamples(table(text, label), classes))).toBe(message);
  });

  const path = realData("tables/iris.data");
  it.skipIf(!path)("iris", async () => {
    const samples = await loadSamples({ file: path ?? "", label: 4 }, classes);
    expect([samples.count, samples.inputs]).toEqual([150, 4]);
    expect(samples.features.subarray(0, 4)).toEqual(Float32Array.of(5.1, 3.5, 1.4, 0.2));
    expect(samples.targets).toEqual({
      kind: "classes",
      indices: Int32Array.from({ length: 150 }, (_, row) => Math.floor(row / 50)),
      classes: ["Iris-setosa", "Iris-versicolor", "Iris-virginica"],
    });
  });
});

describe("IDX", () => {
  const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255);
  const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 3, 0);

  it("gives images and classes", async () => {
    expect(await loadSamples({ images: gzipSync(images), labels }, classes)).toEqual({
      count: 2,
      inputs: 3,
      features: Float32Array.of(1, 2, 3, 4, 5, 255),
      image: { width: 3, height: 1 },
      targets: { kind: "classes", indices: Int32Array.of(1, 0), classes: ["0", "3"] },
    });
    expect((await loadSamples({ images, labels }, values)).targets).toEqual({ kind: "values", values: Float32Array.of(3, 0), outputs: 1 });
    expect((await loadFeatures({ images })).image).toEqual({ width: 3, height: 1 });
  });

  it("must fit together", async () => {
    const three = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3);
    expect(await messageOf(loadSamples({ images, labels: three }, classes))).toBe(
      "labels: has 3 labels, but images has 2 rows of features; there must be one label for each row",
    );
    expect(await messageOf(loadSamples({ images: labels, labels }, classes))).toBe(
      "images: has one dimension; features need two or more (are these the labels?)",
    );
    expect(await messageOf(loadSamples({ images, labels: images }, classes))).toBe(
      "labels: has 3 dimensions; labels of classes need one (are these the images?)",
    );
    expect(await messageOf(loadSamples({ images, labels }, { ...classes, classes: ["0", "1"] }))).toBe(
      'labels: record 1: "3" is not one of the 2 classes "0", "1"; correct it, or train with it',
    );
    expect(await messageOf(loadFeatures({ images }, { inputs: 784 }))).toBe(
      "images: has 3 columns of features, expected 784 as in training",
    );
    const none = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0);
    expect(await messageOf(loadSamples({ images, labels: none }, classes))).toBe(
      "labels: holds no values (0); give a file with at least one row",
    );
  });
});

describe("rows for prediction", () => {
  const load = async (text: string, options: Parameters<typeof loadFeatures>[1]) => loadFeatures({ file: bytesOf(text) }, options);

  it("are as in training", async () => {
    expect(await load("1,2\n3,4", { inputs: 2 })).toEqual({ count: 2, inputs: 2, features: Float32Array.of(1, 2, 3, 4) });
    expect((await loadFeatures({ features: bytesOf("1,2") })).inputs).toBe(2);
  });

  it("leave out the label: by its name", async () => {
    const label = { index: 2, name: "y" };
    const expected = { count: 1, inputs: 2, features: Float32Array.of(1, 2), featureNames: ["a", "b"] };
    expect(await load("a,y,b\n1,x,2\n", { inputs: 2, label })).toEqual(expected);
    expect(await load("a,b\n1,2\n", { inputs: 2, label })).toEqual(expected);
    expect(await messageOf(load("a,b,c\n1,2,3\n", { inputs: 2, label }))).toBe(
      "features: has 3 columns of features, expected 2 as in training",
    );
  });

  it("leave out the label: by its index, if there is one column more", async () => {
    const label = { index: 0, name: "y" };
    const expected = { count: 1, inputs: 2, features: Float32Array.of(1, 2) };
    expect(await load("x,1,2\n", { inputs: 2, label })).toEqual(expected);
    expect(await load("1,2\n", { inputs: 2, label })).toEqual(expected);
    expect(await messageOf(load("1,2,3\n", { inputs: 2 }))).toBe("features: has 3 columns of features, expected 2 as in training");
    expect(await messageOf(load("1,2,3,4\n", { inputs: 2, label }))).toBe("features: has 4 columns of features, expected 2 as in training");
  });
});

const mini = realData("mini-mnist/train_X.csv");
describe.skipIf(!mini)("the reference experiment's own files", () => {
  it.each([
    ["train", 1000],
    ["test", 350],
  ])("%s", async (name, count) => {
    const samples = await loadSamples(
      { features: mini?.replace("train", name) ?? "", labels: realData(`mini-mnist/${name}_label.csv`) ?? "" },
      classes,
    );
    expect([samples.count, samples.inputs, samples.features.length]).toEqual([count, 784, count * 784]);
    expect(samples.targets).toMatchObject({ classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] });
    expect(samples.features.every((pixel) => pixel >= 0 && pixel <= 255 && Number.isInteger(pixel))).toBe(true);
    const lit = samples.features.reduce((sum, pixel) => sum + (pixel > 0 ? 1 : 0), 0) / samples.features.length;
    expect(lit).toBeGreaterThan(0.18);
    expect(lit).toBeLessThan(0.2);
  });
});

describe("a table like that of training", () => {
  const known = { targets: "values", inputs: 2, featureNames: ["a", "b"] } as const;
  const expected = { count: 1, inputs: 2, features: Float32Array.of(1, 2), featureNames: ["a", "b"] };
  const tables = ["a,b,y\n1,2,3\n", "y,b,id,a\n3,2,9,1\n", "id,a,note,y,b\n9,1,7,3,2\n"];

  it.each(tables)("has its columns by name, in any order and beside others: %j", async (text) => {
    expect(await loadSamples({ file: bytesOf(text), label: "y" }, known)).toMatchObject(expected);
    const train = await loadSamples({ file: bytesOf("a,b,y\n1,2,3\n"), label: "y" }, values);
    const streamed = await streamLike({ file: bytesOf(text), label: "y" }, fitPreprocessing(train), known);
    for await (const { features } of streamed.batches({ batchSize: 1 })) expect(Array.from(features)).toEqual([1, 2]);
  });

  it("must have them", async () => {
    const missing = loadSamples({ file: bytesOf("a,c,y\n1,2,3\n"), label: "y" }, known);
    expect(await messageOf(missing)).toBe('table: has no column "b", which training had; its columns are "a", "c", "y"');
  });
});
