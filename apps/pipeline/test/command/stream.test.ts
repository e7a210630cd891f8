// `"stream": true`: samples that stay in their file.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { smallProject } from "../smallProject.ts";
import { SMALL_TABLE } from "../smallTable.ts";

interface Summary {
  readonly train: { readonly accuracy: number };
  readonly validation: { readonly accuracy: number };
  readonly test: { readonly accuracy: number };
  readonly weightsSha256: string;
}

// Ten times the small table, so that shares are about what they should be.
const TABLE = [SMALL_TABLE.trimEnd(), ...Array.from({ length: 9 }, () => SMALL_TABLE.trimEnd().split("\n").slice(1)).flat(), ""].join("\n");
const SPLIT = { train: { file: "table.csv", label: "kind" }, validation: { fraction: 0.2 }, test: { fraction: 0.3 }, scale: "standard" };

async function run(folder: string, ...flags: string[]): Promise<Summary> {
  const result = await pipeline(["run", "config.json", "--json", ...flags], { cwd: folder });
  expect(result).toMatchObject({ exitCode: 0 });
  return JSON.parse(result.stdout) as Summary;
}

test("learns as well as in memory, to the same bits with one thread and two", async () => {
  const changes = { data: { ...SPLIT, stream: true, shuffleBuffer: 100 }, batchSize: 16, compute: {} };
  const folder = await smallProject(changes, { "table.csv": TABLE });
  const [one, two] = [await run(folder, "--threads", "1", "--out", "one"), await run(folder, "--threads", "2", "--out", "two")];
  expect(two.weightsSha256).toBe(one.weightsSha256);
  const memory = await run(await smallProject({ data: SPLIT, batchSize: 16 }, { "table.csv": TABLE }));
  for (const set of ["train", "validation", "test"] as const) {
    expect(Math.abs(one[set].accuracy - memory[set].accuracy)).toBeLessThanOrEqual(0.03);
    expect(one[set].accuracy).toBeGreaterThanOrEqual(0.95);
  }
});

test("has the bits of a run in memory where the buffer holds all rows", async () => {
  const data = { train: SPLIT.train, test: { file: "table.csv", label: "kind" }, scale: 4 };
  const folder = await smallProject({ data, batchSize: 16 }, { "table.csv": TABLE });
  const memory = await run(folder, "--out", "memory");
  const streamed = await run(folder, "--set", "data.stream=true", "--out", "streamed");
  expect(streamed.weightsSha256).toBe(memory.weightsSha256);
  expect(streamed.train).toEqual(memory.train);
  expect(streamed.test).toEqual(memory.test);
});

test("evaluate finds the rows that were set aside", async () => {
  const folder = await smallProject({ data: { ...SPLIT, stream: true }, batchSize: 16 }, { "table.csv": TABLE });
  const { test: tested } = await run(folder, "--out", "run");
  const { stdout } = await pipeline(["evaluate", "run", "--json"], { cwd: folder });
  const evaluation = JSON.parse(stdout) as { samples: number; cost: number; accuracy: number; confusionMatrix: number[][] };
  expect(evaluation).toMatchObject(tested);
  expect(evaluation.confusionMatrix.flat().reduce((sum, rows) => sum + rows)).toBe(evaluation.samples);
  const whole = await pipeline(["evaluate", "run", "--data", "table.csv"], { cwd: folder });
  expect(whole.stdout).toContain("600 samples");
  await writeFile(join(folder, "table.csv"), TABLE.replace("ant", "bee"));
  expect((await pipeline(["evaluate", "run"], { cwd: folder })).exitCode).toBe(3);
});

test("values are learnt and measured in their own unit", async () => {
  const model = { layers: [{ type: "dense", units: 1 }], loss: "meanSquaredError" };
  const data = { train: { file: "table.csv", label: "width" }, columns: { kind: "category" }, scale: "standard", stream: true };
  const folder = await smallProject({ data: { ...data, test: { fraction: 0.3 } }, model, batchSize: 16 }, { "table.csv": TABLE });
  const streamed = await run(folder, "--out", "run");
  const { stdout } = await pipeline(["evaluate", "run", "--json"], { cwd: folder });
  const evaluation = JSON.parse(stdout) as { rmse: number; r2: number; meanAbsoluteError: number };
  expect(evaluation).toMatchObject(streamed.test);
  expect(evaluation.r2).toBeGreaterThan(0.8);
  expect(evaluation.meanAbsoluteError).toBeLessThanOrEqual(evaluation.rmse);
});

test("check shows the plan, and what was not looked for", async () => {
  const folder = await smallProject({ data: { ...SPLIT, stream: true, shuffleBuffer: 100 }, batchSize: 16 }, { "table.csv": TABLE });
  const { exitCode, stdout } = await pipeline(["check", "config.json"], { cwd: folder });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("about 30% of train");
  expect(stdout).toContain("stream  read again in each pass, shuffled within 100 rows");
  expect(stdout).toContain("warning: streamed samples are not looked through for rows that stand twice");
  const plan = JSON.parse((await pipeline(["check", "config.json", "--json"], { cwd: folder })).stdout) as { plan: object };
  expect(plan.plan).toMatchObject({ stream: { shuffleBuffer: 100 }, memoryBytes: { samples: 1600 } });
});

test.each([
  [{ batchSize: "full" }, {}, "batchSize  streamed samples are never all in memory; give a number, such as 256"],
  [{}, { shuffleBuffer: 0 }, "data.shuffleBuffer  expected at least 1"],
  [{}, { stream: false, shuffleBuffer: 9 }, 'data.shuffleBuffer  is for streamed samples; say "stream": true, or leave it out'],
  [{}, { test: { images: "a", labels: "b" } }, "data.test  IDX files can't be streamed; leave stream out"],
])("what can't be streamed is an error that says what to do: %o %o", async (changes, data, message) => {
  const folder = await smallProject({ data: { ...SPLIT, stream: true, ...data }, batchSize: 16, ...changes });
  const { exitCode, stderr } = await pipeline(["run", "config.json", "--out", "run"], { cwd: folder });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
