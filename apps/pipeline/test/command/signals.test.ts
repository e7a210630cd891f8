// SIGINT and SIGTERM: the batch is finished, the model stored, the sinks are flushed; a second signal leaves at once.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { pipeline, startPipeline } from "../command.ts";
import { readRecords } from "../csv.ts";
import { addMisbehaving, MISBEHAVING, readMisbehavingLog } from "../misbehavingLog.ts";
import { eventsOf, filesBelow, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { SMALL_TABLE } from "../smallTable.ts";

// A project that trains for longer than any test takes, with a sink that misbehaves.
const endlessProject = async (sink: Readonly<Record<string, unknown>>, batchSize: number | "full" = "full"): Promise<string> => {
  const folder = await smallProject({ epochs: 10_000_000, batchSize, sinks: [{ use: "console" }, { use: MISBEHAVING, ...sink }] });
  await addMisbehaving(folder);
  return folder;
};

test.concurrent.each([
  ["SIGINT", 130, "full"],
  ["SIGTERM", 143, 5],
] as const)("%s ends a run in order, with exit code %i", async (signal, exitCode, batchSize) => {
  const folder = await endlessProject({}, batchSize);
  const command = startPipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  await command.sawOnStderr("epoch 1/");
  command.process.kill(signal);
  const result = await command.result;
  expect(result.exitCode).toBe(exitCode);
  expect(result.stderr).toContain("Aborted after epoch");
  expect(result.stderr).not.toMatch(/^ {4}at /m);

  const runDir = join(folder, "run");
  const events = await readEvents(runDir);
  const [completed] = eventsOf(events, "runCompleted");
  const epochs = eventsOf(events, "epochCompleted").map(({ epoch }) => epoch);
  expect(events.at(-1)).toBe(completed);
  expect(completed).toMatchObject({ reason: "aborted", epochs: epochs.length, weightsSha256: expect.any(String) as string });
  expect(epochs).toEqual(epochs.map((_, index) => index + 1));
  // The other sinks saw it too, and were closed with the reason.
  expect((await readMisbehavingLog(folder)).at(-1)).toBe("close aborted");

  // What is left can be used, and is what was reported.
  const { cost, accuracy } = completed.test ?? {};
  expect(JSON.parse(result.stdout)).toMatchObject({
    epochs: epochs.length,
    weightsSha256: completed.weightsSha256,
    test: { cost, accuracy },
  });
  const evaluated = await pipeline(["evaluate", "run", "--json"], { cwd: folder });
  expect(JSON.parse(evaluated.stdout)).toMatchObject({ accuracy: completed.test?.accuracy });
  expect(readRecords((await pipeline(["predict", "run", "-"], { cwd: folder, input: SMALL_TABLE })).stdout)).toHaveLength(60);
});

test.concurrent.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s while the data are read leaves nothing, with exit code %i", async (how, exitCode) => {
  // The sink's module signals as it is loaded, which is before the trainer's thread is started.
  const folder = await smallProject(
    { sinks: [{ use: "./early.mjs" }] },
    { "early.mjs": `process.kill(process.pid, "${how}");\nexport default { name: "early", open: () => ({ write() {} }) };\n` },
  );
  const before = await filesBelow(folder);
  const result = await pipeline(["run", "config.json", "--json"], { cwd: folder });
  expect(result).toEqual({ exitCode, stdout: "", stderr: "interrupted before training began\n" });
  expect(await filesBelow(folder)).toEqual(before);
});

test.concurrent("a second signal leaves at once, even if a sink hangs", async () => {
  const folder = await endlessProject({ at: "write", how: "hang", delivery: { queue: 1, timeoutMs: 600_000 } });
  const command = startPipeline(["run", "config.json", "--out", "run"], { cwd: folder });
  await command.sawOnStderr("train features");
  let ended = false;
  void command.result.then(() => (ended = true));
  // Two signals in quick succession may arrive as one.
  while (!ended) {
    command.process.kill("SIGINT");
    await sleep(50);
  }
  expect((await command.result).exitCode).toBe(130);
});
