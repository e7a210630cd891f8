// A run that a signal ends at an epoch of our choice, and what the same config comes to when nothing ends it.
import { copyFile, cp } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { type CommandResult, pipeline } from "../command.ts";
import { readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

/** A sink of {@link interruptedProject}: after this epoch its process is ended, at once, for it is in the program's thread and training keeps in step with it. */
export const endAfter = (epoch: number, signal = "SIGKILL"): Readonly<Record<string, unknown>> => ({
  use: "./endOnce.mjs",
  epoch,
  signal,
  delivery: { isolated: false, queue: 1 },
});

/** A run's folder that a signal left, and the weights of one that none did. */
export interface InterruptedProject {
  readonly folder: string;
  /** The first run's. */
  readonly runDir: string;
  readonly first: CommandResult;
  /** What the same config comes to, run to its end; but for what a clock tells. */
  readonly whole: { readonly weightsSha256: string; readonly epochs: number };
}

/** Runs the small config with `changes`, among them sinks with {@link endAfter}, as `run`; and without any sinks as `whole`. */
export async function interruptedProject(changes: Readonly<Record<string, unknown>>): Promise<InterruptedProject> {
  const folder = await smallProject(changes);
  await copyFile(new URL("../plugins/endOnce.mjs", import.meta.url), join(folder, "endOnce.mjs"));
  const [first, whole] = await Promise.all([
    pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder }),
    pipeline(["run", "config.json", "--json", "--out", "whole", "--set", "sinks=[]"], { cwd: folder }),
  ]);
  expect(whole).toMatchObject({ exitCode: 0, stderr: "" });
  const { runDir: _, durationMs: __, samplesPerSecond: ___, ...same } = JSON.parse(whole.stdout) as Record<string, unknown>;
  return { folder, runDir: join(folder, "run"), first, whole: same as unknown as InterruptedProject["whole"] };
}

/** A copy of a run folder, for one test to change. */
export async function copyOf(runDir: string): Promise<string> {
  const copy = join(await temporaryFolder(), "run");
  await cp(runDir, copy, { recursive: true });
  return copy;
}

/** Runs `resume`. */
export function resume(runDir: string, ...flags: readonly string[]): Promise<CommandResult> {
  return pipeline(["resume", runDir, "--json", ...flags], { cwd: runDir });
}

/** Resumes, expects exit code 0 and events without a gap, a double, or a second end; returns the result and what was on standard error. */
export async function resumeWell(
  runDir: string,
): Promise<{ readonly stderr: string; readonly printed: { readonly weightsSha256: string; readonly epochs: number } }> {
  const { exitCode, stdout, stderr } = await resume(runDir);
  expect([exitCode, stderr]).toEqual([0, stderr]);
  const printed = JSON.parse(stdout) as { weightsSha256: string; epochs: number };
  const events = await readEvents(runDir);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index));
  const epochs = events.flatMap((event) => (event.type === "epochCompleted" ? [event.epoch] : []));
  expect(epochs).toEqual(epochs.map((_, index) => index + 1));
  for (const type of ["runStarted", "dataLoaded", "runCompleted"]) expect(events.filter((event) => event.type === type)).toHaveLength(1);
  expect(events[0].type).toBe("runStarted");
  expect(events.at(-1)).toMatchObject({ type: "runCompleted", weightsSha256: printed.weightsSha256 });
  return { stderr, printed };
}
