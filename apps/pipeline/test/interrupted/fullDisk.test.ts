// No space left, or a disk that has become read-only: the last good checkpoint stays whole, messages name path and size, and once
// there is space the run goes on to the bits of one that was never in want of it.
import { execFileSync } from "node:child_process";
import { copyFile, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { decodeCheckpoint } from "../../src/checkpoint/decodeCheckpoint.ts";
import { listCheckpoints } from "../../src/checkpoint/CheckpointFolder.ts";
import { type CommandResult, pipeline } from "../command.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { resume, resumeWell } from "./interruptedProject.ts";
import { setReadOnly, smallDisk } from "./smallDisk.ts";

const DISK_BYTES = 2 ** 20;

// About 10 kB of parameters and moments: more than a page of the disk.
const CONFIG = {
  model: {
    layers: [
      { type: "dense", units: 128, activation: "relu" },
      { type: "dense", units: 3 },
    ],
  },
  batchSize: 10,
  epochs: 12,
  checkpoint: { everySeconds: 0, keep: 2 },
};

const canMount = (await smallDisk(DISK_BYTES)) !== undefined;

interface FullRun {
  readonly disk: string;
  readonly runDir: string;
  readonly result: CommandResult;
}

let whole: string;
beforeAll(async () => {
  const folder = await smallProject(CONFIG);
  const { stdout } = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  whole = (JSON.parse(stdout) as { weightsSha256: string }).weightsSha256;
});

// In the program's thread: what it does is done before the next epoch is told.
const AT_ONCE = { delivery: { isolated: false } };

const runWith = async (sink: Readonly<Record<string, unknown>>): Promise<FullRun> => {
  const disk = (await smallDisk(DISK_BYTES)) as string;
  const folder = await smallProject({ ...CONFIG, sinks: [{ use: "console" }, { use: "./fillDisk.mjs", ...sink, ...AT_ONCE }] });
  await copyFile(new URL("../plugins/fillDisk.mjs", import.meta.url), join(folder, "fillDisk.mjs"));
  const runDir = join(disk, "run");
  return { disk, runDir, result: await pipeline(["run", "config.json", "--json", "--out", runDir], { cwd: folder }) };
};

const checkLastGood = async (runDir: string): Promise<void> => {
  const files = await listCheckpoints(join(runDir, "checkpoints"));
  expect(files.length).toBeGreaterThan(0);
  for (const { path } of files) expect(decodeCheckpoint(await readFile(path), path).state.position.batch).toBe(0);
};

test.skipIf(!canMount)("room for events alone: one warning, training goes on, and only the model can't be written", async () => {
  const { disk, runDir, result } = await runWith({ epoch: 5, leave: 8192 });
  const { exitCode, stdout, stderr } = result;
  expect([exitCode, stdout]).toEqual([1, ""]);
  const warnings = stderr.split("\n").filter((line) => line.startsWith("warning: "));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(
    /^warning: the checkpoint \S+run\/checkpoints\/epoch-00000\d-batch-000000\.safetensors \(\d{4,} bytes\) can't be written: ENOSPC: .*; training goes on without it, and tries again with the next$/,
  );
  expect(stderr).toMatch(/\n\S+run\/model\.safetensors \(\d{4,} bytes\) can't be written: ENOSPC: no space left on device, write\n$/);
  expect(stderr).not.toMatch(/^ {4}at /m);
  const events = await readEvents(runDir);
  expect(eventsOf(events, "epochCompleted")).toHaveLength(12);
  expect(events.at(-1)).toMatchObject({ type: "runCompleted", reason: "failed" });
  await checkLastGood(runDir);

  await rm(join(disk, "filler"));
  expect((await resumeWell(runDir)).printed).toMatchObject({ weightsSha256: whole, epochs: 12 });
});

test.skipIf(!canMount)("room for nothing: the recorder fails, with 6; what is left can be gone on with", async () => {
  const { disk, runDir, result } = await runWith({ epoch: 5 });
  const { exitCode, stdout, stderr } = result;
  expect([exitCode, stdout]).toEqual([6, ""]);
  expect(stderr).toMatch(
    /\nthe required sink recorder failed: (?:write|flush): \S+run\/events\.ndjson can't be written: ENOSPC: no space left on device, write\n$/,
  );
  await checkLastGood(runDir);

  // Still full: there is not even room for its lock, or for an event.
  const full = await resume(runDir);
  expect([2, 6]).toContain(full.exitCode);
  expect(full.stderr).toContain("ENOSPC");
  expect(full.stderr).not.toMatch(/^ {4}at /m);

  await rm(join(disk, "filler"));
  expect((await resumeWell(runDir)).printed).toMatchObject({ weightsSha256: whole, epochs: 12 });
});

test.skipIf(!canMount)("read-only: the last good checkpoint stays, and training ends all the same", async () => {
  const { disk, runDir, result } = await runWith({ epoch: 5, readOnly: true });
  expect(result.exitCode).toBe(0);
  expect(JSON.parse(result.stdout)).toMatchObject({ weightsSha256: whole, epochs: 12 });
  const warnings = result.stderr.split("\n").filter((line) => line.startsWith("warning: "));
  expect(warnings).toEqual([
    expect.stringMatching(
      /run\/checkpoints\/epoch-00000\d-batch-000000\.safetensors \(\d+ bytes\) can't be written: EROFS: read-only file system/,
    ),
  ]);
  execFileSync("umount", [join(runDir, "checkpoints")]);
  await checkLastGood(runDir);

  // The result of a run can be told from a disk that is read-only; but a run can't be gone on with there.
  setReadOnly(disk, true);
  expect(await resume(runDir)).toMatchObject({ exitCode: 0, stderr: "" });
  setReadOnly(disk, false);
  await rm(join(runDir, "result.json"));
  setReadOnly(disk, true);
  expect(await resume(runDir)).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: expect.stringMatching(/^\S+run can't be written to: EROFS: read-only file system.*\n$/) as string,
  });
  setReadOnly(disk, false);
  expect((await resumeWell(runDir)).printed).toMatchObject({ weightsSha256: whole, epochs: 12 });
});
