// The policy for malformed records in the loading of samples: what is left out, what is told of it, and that no label ever shifts.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DataError,
  fitPreprocessing,
  loadSamples,
  preprocessSamples,
  split,
  streamFeatures,
  streamSamples,
  type SampleOptions,
  type SampleSource,
} from "../src/index.ts";
import { randomStream } from "@downhill/random";
import { bytesOf, errorOf } from "./support/read.ts";

const values: SampleOptions = { targets: "values", malformed: "skip" };

const errorIn = async (source: SampleSource, options: SampleOptions): Promise<string> => {
  const error = await errorOf(loadSamples(source, options));
  expect(error).toBeInstanceOf(DataError);
  return error.message;
};

describe("a table", () => {
  const table = bytesOf('a,b,y\n1,2,3\n4,5\n6,x,8\n"9"z,1,1\n10,11,12\n');

  it("is read without them, and tells of them", async () => {
    const { count, features, targets, leftOut } = await loadSamples({ file: table, label: "y" }, values);
    expect([count, [...features], targets]).toEqual([2, [1, 2, 10, 11], { kind: "values", values: Float32Array.of(3, 12), outputs: 1 }]);
    expect(leftOut).toEqual([
      { file: "table", records: [2, 3, 4], first: "table:3:1  record 2 has 2 fields, expected 3 as in line 1; correct or remove it" },
    ]);
  });

  it("obeys a limit", async () => {
    const limited = (limit: number): SampleOptions => ({ targets: "values", malformed: { limit } });
    expect((await loadSamples({ file: table, label: "y" }, limited(3))).count).toBe(2);
    expect(await errorIn({ file: table, label: "y" }, limited(2))).toContain("table:5:4  text follows a closing quote");
    expect(await errorIn({ file: table, label: "y" }, { targets: "values" })).toContain("table:3:1  record 2 has 2 fields");
  });

  it("without any sound record is an error that names the first fault", async () => {
    expect(await errorIn({ file: bytesOf("a,y\n1\nx,2\n"), label: "y" }, values)).toBe(
      "table: every record is malformed and left out, the first: table:2:1  record 1 has 1 field, expected 2 as in line 1; correct or remove it",
    );
  });

  it("numbers its records as they stand in the file", async () => {
    const source: SampleSource = { file: bytesOf("a,y\n1,0\n2\n3,1\n4,0.5\n"), label: "y" };
    expect(await errorIn(source, { targets: "classes", malformed: "skip" })).toMatch(/^table:5 {2}record 4: "0.5" is not a class/);
  });

  it("tells of them in the rest of a split, not in the part", async () => {
    const samples = await loadSamples({ file: table, label: "y" }, values);
    const [rest, part] = split(samples, 0.5, randomStream(1, "split"));
    expect([rest.leftOut, part.leftOut]).toEqual([samples.leftOut, undefined]);
  });

  it("whose columns are configured leaves out what is no number where one belongs, up to the limit", async () => {
    const rows = 'a,b,y\n1,red,3\n"2",blue,x\noops,green,5\n7,red\n8,blue,9\n';
    const source: SampleSource = { file: bytesOf(rows), label: "y" };
    const columns = { a: { type: "number", missing: "mean" }, b: "category" } as const;
    const samples = await loadSamples(source, { ...values, columns });
    expect(samples.count).toBe(2);
    expect(samples.leftOut).toEqual([
      { file: "table", records: [2, 3, 4], first: expect.stringMatching(/^table:3:10 {2}record 2, column 2 \("y"\): "x" is not a number/) },
    ]);
    // Categories of what was left out are none of the model's.
    expect(fitPreprocessing(samples, {}).table?.columns.map(({ categories }) => categories)).toEqual([undefined, ["blue", "red"]]);
    const limit = (most: number): SampleOptions => ({ targets: "values", columns, malformed: { limit: most } });
    expect((await loadSamples(source, limit(3))).count).toBe(2);
    expect(await errorIn(source, limit(2))).toMatch(/^table:5:1 {2}record 4 has 2 fields/);
  });
});

describe("a pair of files", () => {
  const features = bytesOf("1,1\n2,2\n3\n4,4\n5,5\n6,6\n");

  it("loses a record of either file together with its partner", async () => {
    const labels = bytesOf("10\n20\n30\n40\nfifty\n60\n");
    const samples = await loadSamples({ features, labels }, values);
    expect([...samples.features]).toEqual([1, 1, 2, 2, 4, 4, 6, 6]);
    expect(samples.targets).toEqual({ kind: "values", values: Float32Array.of(10, 20, 40, 60), outputs: 1 });
    expect(samples.leftOut?.map(({ file, records }) => [file, records])).toEqual([
      ["features", [3]],
      ["labels", [5]],
    ]);
  });

  it("has no class that stands only beside a record that is left out", async () => {
    const samples = await loadSamples(
      { features, labels: bytesOf("ant\nbee\ncat\nant\nbee\nant\n") },
      { targets: "classes", malformed: "skip" },
    );
    expect(samples.targets).toEqual({ kind: "classes", indices: Int32Array.of(0, 1, 0, 1, 0), classes: ["ant", "bee"] });
  });

  it("is refused where it is uncertain which labels belong to which rows", async () => {
    const labels = bytesOf("10\n20\n30\n40\n50\n60\n");
    expect(await errorIn({ features: bytesOf('1,1\n"2"x,2\n3,3\n4,4\n5,5\n6,6\n'), labels }, values)).toBe(
      "features:2:4  text follows a closing quote; write a quote inside quotes twice, and nothing behind the last; " +
        "beside a second file such a record can't be left out, as it is not certain which of the other's is its partner",
    );
    expect(await errorIn({ features, labels: bytesOf("10\n20\n30\n40\n50\n") }, values)).toContain("has 5 labels, but features has 6 rows");
  });

  it("keeps every label with its row, whatever is malformed", async () => {
    const fault = fc.constantFrom("", "", "", "features", "labels", "both");
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 30 }), fc.constantFrom("x", "1,2,3", "1,"), async (faults, wrong) => {
        const file = (name: string, row: (index: number) => string): Uint8Array =>
          bytesOf(["0,0", ...faults.map((at, index) => (at === name || at === "both" ? wrong : row(index)))].join("\n"));
        const pair = { features: file("features", (index) => `${index},${-index}`), labels: file("labels", (index) => `${index},7`) };
        const samples = await loadSamples(pair, { ...values, header: false });
        const rows = [0, ...faults.flatMap((at, index) => (at === "" ? [index] : []))];
        expect(Array.from({ length: samples.count }, (_, row) => samples.features[2 * row])).toEqual(rows);
        const { targets } = samples;
        expect(Array.from({ length: samples.count }, (_, row) => targets.kind === "values" && targets.values[2 * row])).toEqual(rows);
      }),
    );
  });
});

async function throughAll(batches: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of batches);
}

describe("a stream", () => {
  const records = (count: number): string =>
    Array.from({ length: count }, (_, row) =>
      row % 97 === 5 ? `${row},x\n` : row > 10_100 && row % 101 === 7 ? `${row},NA,1\n` : `${row},${row % 7},${row % 3}\n`,
    ).join("");

  it("leaves out what samples in memory do, and tells of it", async () => {
    // More than a block, and gaps behind the records that types are found by.
    const file = bytesOf(`a,b,y\n${records(11_000)}`);
    for (const columns of [undefined, { a: "number", b: "number" }] as const) {
      const options: SampleOptions = { ...values, ...(columns && { columns }) };
      const whole = await loadSamples({ file, label: "y" }, options);
      const { preprocessing, sets } = await streamSamples({ file, label: "y" }, { ...options, scaleTargets: false });
      expect(sets[0].check.leftOut).toEqual(whole.leftOut);
      const features: number[] = [];
      for await (const batch of sets[0].batches({ batchSize: 500 })) features.push(...batch.features);
      expect(features).toEqual(Array.from(preprocessSamples(preprocessing, whole).features));
      const { length } = whole.leftOut?.[0].records ?? [];
      const limited = (limit: number) => streamSamples({ file, label: "y" }, { ...options, malformed: { limit } });
      expect((await limited(length ?? 0)).sets[0].count).toBe(whole.count);
      expect((await errorOf(limited((length ?? 0) - 1))).message).toMatch(/^table:\d+/);
    }
  });

  it("that leaves out everything is an error, and so is one of two files", async () => {
    expect((await errorOf(streamSamples({ file: bytesOf("a,y\n1\nx,2\n"), label: "y" }, values))).message).toContain(
      "every record is malformed",
    );
    const pair = { features: bytesOf("1\n2\n"), labels: bytesOf("1\n2\n") };
    expect((await errorOf(streamSamples(pair, values))).message).toContain("put both into one table");
  });

  it("of rows for prediction leaves them out, and numbers the others as they stand in the file", async () => {
    const columns = { a: "number", b: "number" } as const;
    const train = await loadSamples({ file: bytesOf("a,b,y\n1,2,3\n4,5,6\n"), label: "y" }, { targets: "values", columns });
    const preprocessing = fitPreprocessing(train);
    const found: number[] = [];
    const told: (number | undefined)[] = [];
    const onMalformed = ({ record }: DataError): void => void told.push(record);
    const source = bytesOf("a,b\n1,2\n3\n5,6\nNA,8\n9,10\n");
    for await (const rows of streamFeatures(source, preprocessing, { batchRows: 2, malformed: "skip", onMalformed })) {
      expect(rows.features.length).toBe(2 * rows.count);
      found.push(...Array.from({ length: rows.count }, (_, row) => rows.records?.[row] ?? -1));
    }
    expect([found, told]).toEqual([
      [1, 3, 5],
      [2, 4],
    ]);
    const limited = throughAll(streamFeatures(source, preprocessing, { batchRows: 2, malformed: { limit: 1 } }));
    expect((await errorOf(limited)).message).toMatch(/^input:5:1 /);
  });
});
