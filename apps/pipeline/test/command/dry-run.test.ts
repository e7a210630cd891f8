// `run --dry-run`: what it says, that it leaves nothing, and that it ends as the run would.
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CommandResult, pipeline } from "../command.ts";
import { addMisbehaving, MISBEHAVING } from "../misbehavingLog.ts";
import { filesBelow } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";

const dryRun = async (folder: string, ...args: readonly string[]): Promise<CommandResult> => {
  const before = await filesBelow(folder);
  const result = await pipeline(["run", "config.json", "--dry-run", ...args], { cwd: folder });
  expect(await filesBelow(folder)).toEqual(before);
  return result;
};

const DATA = { train: { file: "table.csv", label: "kind" }, validation: { fraction: 0.25 }, test: { fraction: 0.3 } };

test.concurrent.each([
  ["in memory", {}],
  ["streamed", { stream: true }],
])("it tells shapes, parameters and times: %s", async (_, how) => {
  const folder = await smallProject({ data: { ...DATA, ...how }, batchSize: 8, epochs: 2000 });
  const { exitCode, stdout, stderr } = await dryRun(folder);
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^train +8 × 3 → 8 × 3 +\d +\d\.\d+ +\S+ ms$/m);
  expect(stdout).toMatch(/^validation +8 × 3 → 8 × 3 +2 +\d\.\d+ +\S+ ms$/m);
  expect(stdout).toMatch(/^test +8 × 3 → 8 × 3 +[23] +\d\.\d+ +\S+ ms$/m);
  expect(stdout).toContain("3 → dense relu 8 → dense 3, 59 parameters\n");
  expect(stdout).toMatch(/^run +2,000 epochs of \d batches, about \S+$/m);
  expect(stdout.endsWith("\nall is well; nothing was written\n")).toBe(true);
});

test.concurrent("--json prints one line; the first batch costs what the run's first epoch says", async () => {
  const folder = await smallProject({ data: DATA });
  const { exitCode, stdout, stderr } = await dryRun(folder, "--json");
  expect([exitCode, stderr, stdout.split("\n").length]).toEqual([0, "", 2]);
  const found = JSON.parse(stdout) as { phases: { cost: number; batchMs: number }[]; estimatedMs: number };
  expect(Object.keys(found)).toEqual(["dryRun", "sets", "model", "epochs", "phases", "estimatedMs", "compute", "threads", "warnings"]);
  expect(found).toMatchObject({ dryRun: true, epochs: 20, threads: 1, model: { parameters: 59 } });
  expect(found.phases).toMatchObject([
    { name: "train", samples: 31, batches: 1 },
    { name: "validation", samples: 11, batches: 1 },
    { name: "test", samples: 18, batches: 1 },
  ]);
  const [train, validation, tested] = found.phases.map(({ batchMs }) => batchMs);
  expect(found.estimatedMs).toBeCloseTo(20 * train + 21 * validation + tested, 6);
  const run = await pipeline(["run", "config.json", "--set", 'sinks=[{"use":"json"}]'], { cwd: folder });
  const first = run.stdout.split("\n").find((line) => line.includes('"epochCompleted"')) ?? "";
  expect(JSON.parse(first)).toMatchObject({ epoch: 1, cost: found.phases[0].cost });
});

test.concurrent("--quiet says nothing, and warnings are told", async () => {
  const folder = await smallProject({ compute: { threads: 1, wide: false } });
  expect(await dryRun(folder, "--quiet")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  const repeated = await smallProject({ data: { ...DATA, test: { file: "table.csv", label: "kind" } } });
  expect((await dryRun(repeated)).stdout).toMatch(/^warning: test: /);
});

test.concurrent("sinks are loaded and asked about their options, but not opened", async () => {
  const folder = await smallProject({
    sinks: [{ use: "console" }, { use: "plot" }, { use: "json", path: "e.ndjson" }, { use: MISBEHAVING }],
  });
  await addMisbehaving(folder);
  expect((await dryRun(folder)).exitCode).toBe(0);
  const wrong = await dryRun(folder, "--set", "sinks.1.costScale=cubic");
  expect([wrong.exitCode, wrong.stdout]).toEqual([2, ""]);
  expect(wrong.stderr).toContain("sinks.1.costScale  expected");
});

test.concurrent.each([
  ["2 of a config that is wrong", ["--set", "epochs=0"], 2],
  ["2 of a sink that is not there", ["--set", 'sinks=[{"use":"./none.ts"}]'], 2],
  ["2 of an --out that is not empty", ["--out", "."], 2],
  ["3 of data that are not there", ["--set", "data.train.file=none.csv"], 3],
  ["5 of a cost that is no number", ["--set", 'optimizer={"type":"sgd","learningRate":1e30}'], 5],
])("it ends with %s", async (_, args, expected) => {
  const { exitCode, stdout, stderr } = await dryRun(await smallProject({ batchSize: 5 }), ...args);
  expect([exitCode, stdout]).toEqual([expected, ""]);
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test.concurrent("a folder that nothing may be written to is enough", async () => {
  const folder = await smallProject();
  await copyFile(join(folder, "config.json"), join(folder, "other.json"));
  expect((await pipeline(["run", "other.json", "--dry-run", "--json", "--out", "/proc/nowhere/run"], { cwd: folder })).exitCode).toBe(0);
});
