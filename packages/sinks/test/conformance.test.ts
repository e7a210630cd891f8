// Every built-in sink against the suite that any sink can run, and the suite against sinks that must not pass it.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import consolePlugin from "../src/console/index.ts";
import csv from "../src/csv/index.ts";
import dashboard from "../src/dashboard/index.ts";
import { defineSink, type SinkPlugin, type TrainingEvent } from "../src/index.ts";
import json, { fromLine } from "../src/json/index.ts";
import memory, { MemorySink } from "../src/memory/index.ts";
import plot from "../src/plot/index.ts";
import report from "../src/report/index.ts";
import tensorboard from "../src/tensorboard/index.ts";
import { sampleRun, testSink, withTemporaryRun } from "../src/testing/index.ts";

testSink(consolePlugin, { test });
testSink(plot, { test });
testSink(tensorboard, { test });
testSink(csv, { test });
testSink(report, { test });
testSink(dashboard, { test, options: { port: 0 } });
testSink(memory, { test, read: (sink) => (sink as MemorySink).events });
testSink(json, {
  test,
  options: { path: "events.ndjson" },
  read: async (_, run) => (await readFile(join(run.configDirectory, "events.ndjson"), "utf8")).split("\n").slice(0, -1).map(fromLine),
});

// The names of the cases that `plugin` fails.
async function failures<Options>(plugin: SinkPlugin<Options>, read?: (sink: unknown) => readonly TrainingEvent[]): Promise<string[]> {
  const cases: [string, () => Promise<void>][] = [];
  testSink(plugin, { test: (name, body) => cases.push([name.slice(plugin.name.length + 2), body]), read });
  const failed: string[] = [];
  for (const [name, body] of cases) {
    await body().catch(() => failed.push(name));
  }
  return failed;
}

describe("the suite finds a sink that", () => {
  it("changes an event", async () => {
    const plugin = defineSink({
      name: "vandal",
      open: () => ({ write: (event) => void Object.assign(event, { run: "mine" }) }),
    });
    expect(await failures(plugin)).toEqual(["changes no event"]);
  });

  it("can't take an unknown type", async () => {
    const known = new Set(sampleRun().map(({ type }) => type));
    const plugin = defineSink({
      name: "strict",
      open: () => ({
        write: ({ type }) => {
          if (!known.has(type)) throw new Error(type);
        },
      }),
    });
    expect(await failures(plugin)).toEqual(["lets a type of event pass that it does not know"]);
  });

  it("chokes on a cost that is not finite", async () => {
    const plugin = defineSink({
      name: "finite",
      open: () => ({
        write: (event) => {
          if (event.type === "epochCompleted" && !Number.isFinite(event.cost)) throw new Error(String(event.cost));
        },
      }),
    });
    expect(await failures(plugin)).toEqual([
      "copes with NaN and infinite numbers",
      "closes after a run that diverged, stopped early, was aborted or failed",
    ]);
  });

  it("needs a finished run to close", async () => {
    const plugin = defineSink({
      name: "optimist",
      open: () => {
        let finished = false;
        return {
          write: (event) => void (finished ||= event.type === "runCompleted" && event.reason === "finished"),
          close: () => {
            if (!finished) throw new Error("not finished");
          },
        };
      },
    });
    const failed = await failures(plugin);
    expect(failed).toContain("opens and closes without an event");
    expect(failed).toContain("closes after a run that was aborted before its first epoch");
    expect(failed).toContain("closes in the middle of a run");
    expect(failed).not.toContain("takes every type of event");
  });

  it("loses the order", async () => {
    const plugin = defineSink({
      name: "reversed",
      open: () => {
        const events: TrainingEvent[] = [];
        return { events, write: (event) => void events.unshift(event) };
      },
    });
    const failed = await failures(plugin, (sink) => (sink as MemorySink).events);
    expect(failed).toContain("takes every type of event");
  });

  it("shares what two of it hold", async () => {
    const events: TrainingEvent[] = [];
    const plugin = defineSink({ name: "shared", open: () => new MemorySink(events) });
    expect(await failures(plugin, (sink) => (sink as MemorySink).events)).toContain("two at once don't disturb each other");
  });

  it("forgets what was told before an interruption, though it asks for it", async () => {
    const plugin = defineSink({
      name: "forgetful",
      async open(_, run) {
        const sink = new MemorySink();
        for await (const event of run.history?.() ?? []) if (event.sequence < 5) sink.write(event);
        return sink;
      },
    });
    expect(await failures(plugin, (sink) => (sink as MemorySink).events)).toEqual(["goes on with a run that was interrupted"]);
  });

  it("keeps in a file of its own what is told again", async () => {
    const plugin = defineSink({
      name: "doubling",
      async open(_, run) {
        for await (const event of run.history?.() ?? []) if (event.run === "") throw new Error("no run");
        return (await json.open({ path: "doubled.ndjson" }, { ...run, history: undefined })) as MemorySink;
      },
    });
    const cases: [string, () => Promise<void>][] = [];
    const read = async (_: unknown, run: { configDirectory: string }): Promise<TrainingEvent[]> =>
      (await readFile(join(run.configDirectory, "doubled.ndjson"), "utf8")).split("\n").slice(0, -1).map(fromLine);
    testSink(plugin, { test: (name, body) => cases.push([name, body]), read });
    const failed: string[] = [];
    for (const [name, body] of cases) await body().catch(() => failed.push(name));
    expect(failed).toEqual(["doubling: goes on with a run that was interrupted"]);
  });

  it("redraws where nobody watches", async () => {
    const plugin = defineSink({ name: "flashy", open: (_, run) => ({ write: ({ type }) => run.terminal.write(`\r${type}`) }) });
    expect(await failures(plugin)).toEqual(["writes plain lines to a terminal that nobody watches"]);
  });

  it("refuses the options of its own test", async () => {
    const plugin = { ...json, name: "json" };
    const cases: (() => Promise<void>)[] = [];
    testSink(plugin, { test: (_, body) => cases.push(body), options: { path: 5 as unknown as string } });
    await expect(cases[0]()).rejects.toThrow(/expected text, got 5/);
  });
});

describe("the sample run", () => {
  it("holds every type of event, in the order of a real run", () => {
    const types = sampleRun({ epochs: 3, validation: false }).map(({ type }) => type);
    expect(types).toEqual([
      "runStarted",
      "warningRaised",
      "dataLoaded",
      "samplesShown",
      "samplesShown",
      "batchCompleted",
      "epochCompleted",
      "epochCompleted",
      "sinkFailed",
      "epochCompleted",
      "checkpointSaved",
      "samplesPredicted",
      "weightsShown",
      "runCompleted",
    ]);
  });

  it("numbers its events", () => {
    expect(sampleRun({ run: "r" }).map(({ run, sequence }) => [run, sequence])).toEqual(sampleRun().map((_, index) => ["r", index]));
  });

  it("leaves no folder behind", async () => {
    const folder = await withTemporaryRun(async ({ context }) => context.directory);
    await expect(readdir(folder)).rejects.toThrow(/ENOENT/);
  });
});
