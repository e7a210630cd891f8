import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import csv from "../src/csv/index.ts";
import type { RunContext, TrainingEvent } from "../src/index.ts";
import { sampleRun, stampFacts, withTemporaryRun } from "../src/testing/index.ts";

const HEADER = "epoch,cost,accuracy,rmse,validationCost,validationAccuracy,validationRmse,learningRate,samplesPerSecond,durationMs,at";

async function written(events: readonly TrainingEvent[], run: RunContext): Promise<string> {
  const sink = await csv.open({}, run);
  for (const event of events) await sink.write(event);
  await sink.flush?.();
  await sink.close?.("finished");
  return readFile(join(run.directory, "metrics.csv"), "utf8");
}

// Every line ends as RFC 4180 has it.
function rows(text: string): string[][] {
  expect(text.endsWith("\r\n")).toBe(true);
  return text
    .slice(0, -2)
    .split("\r\n")
    .map((line) => line.split(","));
}

describe("the csv sink", () => {
  it("writes a row an epoch, with the numbers themselves", () =>
    withTemporaryRun(async ({ context }) => {
      const events = sampleRun({ epochs: 30 });
      const [header, ...table] = rows(await written(events, context));
      expect(header.join()).toBe(HEADER);
      const epochs = events.filter((event) => event.type === "epochCompleted");
      expect(table.map((row) => Number(row[1]))).toEqual(epochs.map(({ cost }) => cost));
      expect(table.map((row) => Number(row[5]))).toEqual(epochs.map(({ validation }) => validation?.accuracy));
      expect(table[0].slice(6)).toEqual(["", "0.002", "41200", "24.3", epochs[0].at]);
    }));

  it("has the same columns in a regression without validation, empty where nothing was measured", () =>
    withTemporaryRun(async ({ context }) => {
      const table = rows(await written(sampleRun({ epochs: 2, task: "regression", validation: false }), context));
      expect(table[0].join()).toBe(HEADER);
      expect(table[1].map((field) => field !== "")).toEqual([true, true, false, true, false, false, false, true, true, true, true]);
    }));

  it("writes numbers that are not finite in words", () =>
    withTemporaryRun(async ({ context }) => {
      const rates = { learningRate: Number.NEGATIVE_INFINITY, samplesPerSecond: 1e21, durationMs: 5e-7 };
      const events = stampFacts([{ type: "epochCompleted", epoch: 1, epochs: 1, cost: Number.NaN, ...rates }]);
      const [, row] = rows(await written(events, context));
      expect(row).toEqual(["1", "NaN", "", "", "", "", "", "-Infinity", "1e+21", "5e-7", events[0].at]);
    }));

  it("has only its header before the first epoch", () =>
    withTemporaryRun(async ({ context }) => {
      expect(await written([], context)).toBe(`${HEADER}\r\n`);
    }));

  it.each([
    ["behind the record", 3],
    ["as far as the record", 6],
    ["ahead of the record", 8],
  ])("of a run gone on with is as if it had never stopped, when it was %s", (_, held) =>
    withTemporaryRun(async ({ context }) => {
      const run = sampleRun({ epochs: 10 });
      const until = (last: number): TrainingEvent[] => run.filter((event) => event.type === "epochCompleted" && event.epoch <= last);
      await written(until(held), context);
      const history = async function* (): AsyncGenerator<TrainingEvent> {
        yield* until(6);
      };
      const rest = run.filter((event) => event.type === "epochCompleted" && event.epoch > 6);
      const resumed = await written(rest, { ...context, history });
      expect(resumed).toBe(await written(run, context));
    }),
  );

  it("takes a long history", () =>
    withTemporaryRun(async ({ context }) => {
      const events = sampleRun({ epochs: 3000, task: "regression" });
      const history = async function* (): AsyncGenerator<TrainingEvent> {
        yield* events;
      };
      expect(await written([], { ...context, history })).toBe(await written(events, context));
    }));
});
