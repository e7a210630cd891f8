// `resume` of a run that was killed, in what state its folder may be found.
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { filesBelow, readEvents } from "../runFolderContents.ts";
import { SMALL_TABLE } from "../smallTable.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { copyOf, endAfter, interruptedProject, type InterruptedProject, resume, resumeWell } from "./interruptedProject.ts";

const CONFIG = { batchSize: 5, epochs: 12, checkpoint: { everyBatches: 4, keep: 2 } };

let project: InterruptedProject;
beforeAll(async () => {
  project = await interruptedProject({ ...CONFIG, sinks: [{ use: "console" }, endAfter(7)] });
  expect(project.first).toMatchObject({ exitCode: null, stdout: "" });
});

const checkpointsOf = async (runDir: string): Promise<string[]> =>
  (await readdir(join(runDir, "checkpoints")))
    .filter((name) => name.startsWith("epoch-"))
    .toSorted()
    .map((name) => join(runDir, "checkpoints", name));

const damage = async (path: string): Promise<void> => {
  const bytes = await readFile(path);
  bytes[bytes.length - 1] ^= 1;
  await writeFile(path, bytes);
};

const changeManifest = async (runDir: string, change: (text: string) => string): Promise<void> => {
  const path = join(runDir, "manifest.json");
  const text = await readFile(path, "utf8");
  const changed = change(text);
  expect(changed).not.toBe(text);
  await writeFile(path, changed);
};

test.concurrent("a killed run goes on to the bits of one that was not; every sink has the whole run", async () => {
  const sinks = [{ use: "console" }, { use: "json", path: "told.ndjson" }, { use: "plot" }, endAfter(7)];
  const { folder, runDir, whole } = await interruptedProject({ ...CONFIG, sinks });
  const moved = await copyOf(runDir);
  const { printed, stderr } = await resumeWell(moved);
  expect(printed).toMatchObject({ weightsSha256: whole.weightsSha256, epochs: 12 });
  expect(stderr).toMatch(/^warning: resumed after [67] of 12 epochs( and [1-8] batches)?$/m);
  expect(stderr).toContain("epoch 12/12");
  expect(await readFile(join(folder, "told.ndjson"), "utf8")).toBe(await readFile(join(moved, "events.ndjson"), "utf8"));
  // As many points in the drawn curve as there are epochs: those before the kill too.
  const drawn = await readFile(join(moved, "plots", "cost.svg"), "utf8");
  expect(drawn).toContain("epoch 12 of 12");
  const points = Array.from(drawn.matchAll(/<path[^>]* d="([^"]+)"/g), ([, d]) => d.match(/[ML]/g)?.length ?? 0);
  expect(Math.max(...points)).toBeGreaterThanOrEqual(12);
  expect(await filesBelow(moved)).not.toContain(".lock");
});

test.concurrent("a finished run only tells its result again, moved and without its data", async () => {
  const parent = await temporaryFolder();
  const runDir = join(parent, "elsewhere");
  await cp(join(project.folder, "whole"), runDir, { recursive: true });
  await changeManifest(runDir, (text) => text.replaceAll(JSON.stringify(project.folder), '"/nowhere"'));
  const events = await readFile(join(runDir, "events.ndjson"));
  const { exitCode, stdout, stderr } = await resume(runDir);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const stored = JSON.parse(await readFile(join(runDir, "result.json"), "utf8")) as object;
  expect(JSON.parse(stdout)).toEqual({ runDir, ...stored });
  expect(stored).toMatchObject(project.whole);
  expect(await readFile(join(runDir, "events.ndjson"))).toEqual(events);
});

test.concurrent("without a checkpoint it begins again, and tells nothing twice", async () => {
  const runDir = await copyOf(project.runDir);
  await rm(join(runDir, "checkpoints"), { recursive: true });
  const { printed, stderr } = await resumeWell(runDir);
  expect(printed.weightsSha256).toBe(project.whole.weightsSha256);
  expect(stderr).toContain("resumed after 0 of 12 epochs\n");
});

test.concurrent("killed before its first event, it begins", async () => {
  const runDir = await copyOf(project.runDir);
  for (const name of ["events.ndjson", "checkpoints"]) await rm(join(runDir, name), { recursive: true });
  expect((await resumeWell(runDir)).printed.weightsSha256).toBe(project.whole.weightsSha256);
});

test.concurrent("killed between its last event and its result, or with a damaged result, it ends", async () => {
  const runDir = await copyOf(join(project.folder, "whole"));
  await rm(join(runDir, "result.json"));
  expect((await resumeWell(runDir)).printed.weightsSha256).toBe(project.whole.weightsSha256);
  await writeFile(join(runDir, "result.json"), '{"epochs":1');
  expect((await resumeWell(runDir)).printed).toMatchObject({ weightsSha256: project.whole.weightsSha256, epochs: 12 });
});

test.concurrent("a broken checkpoint is passed over with a warning for the one before it", async () => {
  const runDir = await copyOf(project.runDir);
  const [before, latest] = await checkpointsOf(runDir);
  await damage(latest);
  const { printed, stderr } = await resumeWell(runDir);
  expect(printed.weightsSha256).toBe(project.whole.weightsSha256);
  expect(stderr).toMatch(/warning: \S+epoch-\d+-batch-\d+\.safetensors: its bytes don't have the hash .*; the one before it is used/);
  const [, epoch, batch] = (/epoch-0*(\d+)-batch-0*(\d+)/.exec(basename(before)) ?? []).map(Number);
  expect(stderr).toContain(`resumed after ${epoch} of 12 epochs${batch === 0 ? "" : ` and ${batch} batches`}\n`);
});

test.concurrent("a checkpoint that can't be read is passed over as well", async () => {
  const runDir = await copyOf(project.runDir);
  const [, latest] = await checkpointsOf(runDir);
  await rm(latest);
  await mkdir(latest);
  const { printed, stderr } = await resumeWell(runDir);
  expect(printed.weightsSha256).toBe(project.whole.weightsSha256);
  expect(stderr).toContain(`${latest} can't be read: EISDIR`);
});

test.concurrent("where no checkpoint is whole it ends with 4 and says what can be done", async () => {
  const runDir = await copyOf(project.runDir);
  const paths = await checkpointsOf(runDir);
  for (const path of paths) await damage(path);
  const events = await readFile(join(runDir, "events.ndjson"));
  const { exitCode, stdout, stderr } = await resume(runDir);
  expect([exitCode, stdout]).toEqual([4, ""]);
  expect(stderr).toBe(
    `${paths[1]}: its bytes don't have the hash that was written with them; it is damaged or cut short. To train from the beginning, remove ${join(runDir, "checkpoints")}\n`,
  );
  expect(await readFile(join(runDir, "events.ndjson"))).toEqual(events);
});

test.concurrent("a checkpoint of another run is refused with 4", async () => {
  const runDir = await copyOf(project.runDir);
  const folder = join(runDir, "checkpoints");
  await rm(folder, { recursive: true });
  await cp(join(project.folder, "whole", "checkpoints"), folder, { recursive: true });
  const { exitCode, stderr } = await resume(runDir);
  expect(exitCode).toBe(4);
  expect(stderr).toMatch(/^\S+epoch-000012-batch-000000\.safetensors is of the run small-[0-9a-f]{8}; this is small-[0-9a-f]{8}\n$/);
});

test.concurrent.each([
  ["layers", '"units": 8', '"units": 9', /is of another model: dense_1\/weights is 3 × 8 of f32 among the tensors; expected 3 × 9 of f32/],
  ["an optimizer", '"type": "adam"', '"type": "sgd"', /is of another model: adam\/power1 is among the tensors, but nothing/],
  ["a seed", '"seed": 0,\n    "data"', '"seed": 1,\n    "data"', /is of another model: its seed is 0; the config's is 1/],
])("a checkpoint of a run with other than %s is refused with 4", async (_, was, is, message) => {
  const runDir = await copyOf(project.runDir);
  await changeManifest(runDir, (text) => text.replace(was, is).replace(', "beta1": 0.9', ""));
  if (is.includes("sgd")) await changeManifest(runDir, (text) => text.replace(/,\s*"beta1"[^}]*(?=\})/, ""));
  const { exitCode, stderr } = await resume(runDir);
  expect([exitCode, stderr]).toEqual([4, expect.stringMatching(message)]);
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test.concurrent.each([
  ["has other numbers", SMALL_TABLE.replace("ant", "bee"), /table\.csv has changed since the run began/],
  ["has other columns", SMALL_TABLE.replaceAll(/^/gm, "1,"), /table\.csv has changed since the run began/],
  ["is gone", undefined, /^there is no file \S+table\.csv\n$/],
])("data that %s are refused with 3", async (_, table, message) => {
  const runDir = await copyOf(project.runDir);
  const data = await temporaryFolder();
  await cp(join(project.folder, "endOnce.mjs"), join(data, "endOnce.mjs"));
  await changeManifest(runDir, (text) =>
    text.replace(`"configDirectory": ${JSON.stringify(project.folder)}`, `"configDirectory": ${JSON.stringify(data)}`),
  );
  if (table !== undefined) await writeFile(join(data, "table.csv"), table);
  const before = await readEvents(runDir);
  const { exitCode, stderr } = await resume(runDir);
  expect([exitCode, stderr]).toEqual([3, expect.stringMatching(message)]);
  expect(await readEvents(runDir)).toEqual(before);
});

test.concurrent("damaged events are refused with 4, the file named", async () => {
  const runDir = await copyOf(project.runDir);
  const path = join(runDir, "events.ndjson");
  await writeFile(path, (await readFile(path, "utf8")).replace('"type":"dataLoaded"', '"type":dataLoaded'));
  const { exitCode, stderr } = await resume(runDir);
  expect([exitCode, stderr]).toEqual([4, expect.stringMatching(/^\S+events\.ndjson is damaged, so the run can't go on from it: /)]);
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test.concurrent("a run that a living process trains is left to it, with 2", async () => {
  const runDir = await copyOf(project.runDir);
  const startedAt = (await readFile(`/proc/${process.pid}/stat`, "utf8").catch(() => undefined))?.replace(/^.*\) /s, "").split(" ")[19];
  await writeFile(join(runDir, ".lock"), JSON.stringify({ pid: process.pid, startedAt }));
  const { exitCode, stderr } = await resume(runDir);
  expect([exitCode, stderr]).toEqual([2, `${runDir} is being trained by process ${process.pid}; wait for it, or stop it\n`]);
  // The same number, but given to another process since.
  await writeFile(join(runDir, ".lock"), JSON.stringify({ pid: process.pid, startedAt: "1" }));
  if (startedAt !== undefined) expect((await resumeWell(runDir)).printed.weightsSha256).toBe(project.whole.weightsSha256);
});

test.concurrent.each([
  ["names a dead process", JSON.stringify({ pid: 2 ** 22 + 1, startedAt: "1" })],
  ["is empty", ""],
  ["is no JSON", "{"],
])("a lock that %s is taken over", async (_, lock) => {
  const runDir = await copyOf(project.runDir);
  // The killed run has left its own.
  expect(JSON.parse(await readFile(join(runDir, ".lock"), "utf8"))).toMatchObject({ pid: expect.any(Number) as number });
  await writeFile(join(runDir, ".lock"), lock);
  expect((await resumeWell(runDir)).printed.weightsSha256).toBe(project.whole.weightsSha256);
});

test.concurrent("what a killed run had half written is removed", async () => {
  const runDir = await copyOf(project.runDir);
  const [latest] = (await checkpointsOf(runDir)).toReversed();
  await rename(latest, `${latest}.partial-123`);
  expect((await resumeWell(runDir)).printed.weightsSha256).toBe(project.whole.weightsSha256);
  expect((await filesBelow(runDir)).filter((name) => name.includes("partial"))).toEqual([]);
});

test.concurrent("a folder that is no run is refused with 4", async () => {
  const { exitCode, stderr } = await resume(project.folder);
  expect([exitCode, stderr]).toEqual([4, expect.stringMatching(/manifest\.json can't be read: .*; give a run folder\n$/)]);
});
