// Labels as files write them: blanks around them, missing ones, and which records are left out for that.
import { describe, expect, it } from "vitest";
import { loadSamples, streamSamples, type ColumnsConfig, type SampleOptions, type Samples, type StreamedTable } from "../src/index.ts";
import { bytesOf, errorOf } from "./support/read.ts";

const load = (text: string, options: Partial<SampleOptions> = {}): Promise<Samples> =>
  loadSamples({ file: bytesOf(text), label: "kind" }, { targets: "classes", ...options });
const stream = (text: string, options: Partial<SampleOptions> = {}): Promise<StreamedTable> =>
  streamSamples({ file: bytesOf(text), label: "kind" }, { targets: "classes", ...options });

it("blanks around a label are no part of it", async () => {
  const text = "a,kind\n1,x\n2, x\n3,x \n4,y\n";
  expect((await load(text)).targets).toEqual({ kind: "classes", indices: Int32Array.of(0, 0, 0, 1), classes: ["x", "y"] });
  const { preprocessing, sets } = await stream(text);
  expect([preprocessing.classes, sets[0].check.histogram]).toEqual([
    ["x", "y"],
    [3, 1],
  ]);
});

describe("a missing label", () => {
  it.each(["NA", " ? ", "", "null"])("%j is an error with its place", async (marker) => {
    const text = `a,kind\n1,x\n2,${marker}\n`;
    const found = marker === "" ? "the label is empty" : `the label "${marker}" stands for a missing one`;
    const advice = 'give each record a class, or leave such records out: "columns": { "kind": { "missing": "dropRow" } }';
    for (const columns of [undefined, {}]) {
      for (const read of [load, stream]) {
        expect((await errorOf(read(text, columns && { columns }))).message).toMatch(/:3 {2}record 2: /);
        expect((await errorOf(read(text, columns && { columns }))).message).toContain(`${found}; ${advice}`);
      }
    }
  });

  const dropped: ColumnsConfig = { kind: { missing: "dropRow" }, a: { missing: "dropRow" } };

  it.each([
    ["classes", "a,kind\nNA,x\n2,NA\n3,\n4,y\n5,x\n", { kind: "classes", indices: Int32Array.of(1, 0), classes: ["x", "y"] }],
    ["values", "a,kind\nNA,9\n2,NA\n3,\n4,1.5\n5,2\n", { kind: "values", values: Float32Array.of(1.5, 2), outputs: 1 }],
  ] as const)("leaves its record out where that is said: %s", async (targets, text, expected) => {
    const samples = await load(text, { targets, columns: dropped });
    expect([samples.targets, samples.features, samples.table?.dropped]).toEqual([expected, Float32Array.of(4, 5), 3]);
    const { sets } = await stream(text, { targets, columns: dropped });
    expect([sets[0].count, sets[0].check.dropped]).toEqual([2, 3]);
    for await (const batch of sets[0].batches({ batchSize: 9 })) expect(Array.from(batch.features)).toEqual([4, 5]);
    // A set in a file of its own is read in the same way.
    const layout = samples.table?.layout;
    const classes = samples.targets.kind === "classes" ? { classes: samples.targets.classes } : {};
    expect((await load(text, { targets, layout, ...classes })).targets).toEqual(expected);
  });

  it("in all records is an error", async () => {
    for (const read of [load, stream]) {
      expect((await errorOf(read("a,kind\n1,NA\n2,?\n", { columns: dropped }))).message).toMatch(/label|no record/);
    }
  });
});
