// `"log": { "gradientNorms": true }`: events and console tell the gradients' norms, and only then.
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { endAfter, interruptedProject, resumeWell } from "../interrupted/interruptedProject.ts";

test.concurrent("where they are asked for, each epoch tells them, on any number of threads; the weights are the same", async () => {
  const folder = await smallProject({ batchSize: 8, sinks: [{ use: "console" }] });
  const run = async (out: string, ...args: readonly string[]): Promise<{ stderr: string; norms: unknown[]; weights: unknown }> => {
    const { exitCode, stderr } = await pipeline(["run", "config.json", "--out", out, ...args], { cwd: folder });
    expect(exitCode).toBe(0);
    const events = await readEvents(join(folder, out));
    const [{ weightsSha256 }] = eventsOf(events, "runCompleted");
    return { stderr, norms: eventsOf(events, "epochCompleted").map(({ gradientNorms }) => gradientNorms), weights: weightsSha256 };
  };
  const [asked, threaded, plain] = await Promise.all([
    run("asked", "--set", "log.gradientNorms=true"),
    run("threaded", "--set", "log.gradientNorms=true", "--threads", "3"),
    run("plain"),
  ]);
  expect(asked.norms).toHaveLength(20);
  for (const norms of asked.norms) {
    expect(norms).toEqual({ dense_1: expect.any(Number) as number, dense_2: expect.any(Number) as number });
  }
  expect(new Set(asked.norms.map((norms) => JSON.stringify(norms))).size).toBe(20);
  expect(threaded.norms).toEqual(asked.norms);
  expect(plain.norms.every((norms) => norms === undefined)).toBe(true);
  expect([threaded.weights, plain.weights]).toEqual([asked.weights, asked.weights]);
  expect(asked.stderr).toMatch(/^epoch 1\/20 {2}cost \S+ {2}accuracy \S+ {2}gradients dense_1 \S+, dense_2 \S+$/m);
  expect(plain.stderr).not.toContain("gradients");
});

test.concurrent("a run that was killed tells the same ones", async () => {
  const { folder, runDir } = await interruptedProject({
    batchSize: 8,
    epochs: 6,
    log: { gradientNorms: true },
    checkpoint: { everyBatches: 4 },
    sinks: [endAfter(3)],
  });
  await resumeWell(runDir);
  const normsOf = async (dir: string): Promise<unknown[]> =>
    eventsOf(await readEvents(dir), "epochCompleted").map(({ gradientNorms }) => gradientNorms);
  expect(await normsOf(runDir)).toEqual(await normsOf(join(folder, "whole")));
});
