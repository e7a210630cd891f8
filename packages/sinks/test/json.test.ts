import { spawnSync } from "node:child_process";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TrainingEvent } from "../src/index.ts";
import json, { fromLine, toLine } from "../src/json/index.ts";
import { sampleRun, stampFacts, withTemporaryRun } from "../src/testing/index.ts";

describe("a line", () => {
  it("holds each number that JSON lacks as a string, and fromLine brings it back", () => {
    const [event] = stampFacts([
      {
        type: "epochCompleted",
        epoch: 1,
        epochs: 2,
        cost: Number.NaN,
        accuracy: 0.5,
        validation: { cost: Number.POSITIVE_INFINITY, rmse: Number.NEGATIVE_INFINITY },
        learningRate: 0.1,
        samplesPerSecond: Number.POSITIVE_INFINITY,
        durationMs: 0,
      },
    ]);
    const line = toLine(event);
    expect(line).toBe(
      `{"version":1,"run":"sample","sequence":0,"at":"2026-01-01T00:00:00.000Z","type":"epochCompleted","epoch":1,"epochs":2,` +
        `"cost":"NaN","accuracy":0.5,"validation":{"cost":"Infinity","rmse":"-Infinity"},"learningRate":0.1,"samplesPerSecond":"Infinity","durationMs":0}\n`,
    );
    expect(fromLine(line)).toEqual(event);
  });

  it("brings back the numbers that stand under layers' names", () => {
    const gradientNorms = { dense_1: Number.NaN, NaN: Number.POSITIVE_INFINITY, dense_2: 0.5 };
    const fact = { type: "epochCompleted", epoch: 1, epochs: 1, cost: 1, learningRate: 0.1, samplesPerSecond: 1, durationMs: 1 } as const;
    const [event] = stampFacts([{ ...fact, gradientNorms }]);
    expect(fromLine(toLine(event))).toEqual(event);
    expect(toLine(event)).toContain(`"gradientNorms":{"dense_1":"NaN","NaN":"Infinity","dense_2":0.5}`);
  });

  it("keeps a text that only looks like such a number", () => {
    const events = stampFacts([
      { type: "runStarted", name: "NaN", epochs: 1, config: { cost: "NaN", data: { classes: ["Infinity"] } } },
      { type: "samplesShown", set: "test", classes: ["NaN", "Infinity", "-Infinity"], samples: [] },
      { type: "warningRaised", message: "Infinity" },
    ]);
    for (const event of events) expect(fromLine(toLine(event))).toEqual(event);
  });

  it("comes back from a line as it was, whatever its numbers and texts", () => {
    const number = fc.double().map((value) => (Object.is(value, -0) ? 0 : value));
    const text = fc.string({ unit: "binary" });
    const fact = fc.oneof(
      fc.record({ type: fc.constant("warningRaised" as const), message: text }),
      fc.record({
        type: fc.constant("runCompleted" as const),
        reason: fc.constantFrom("finished" as const, "diverged" as const),
        message: text,
        epochs: fc.nat(),
        durationMs: number,
        train: fc.record({ cost: number, accuracy: number }),
      }),
      fc.record({
        type: fc.constant("samplesPredicted" as const),
        set: fc.constant("test" as const),
        classes: fc.array(text),
        samples: fc.array(
          fc.record({
            index: fc.nat(),
            width: fc.nat(),
            height: fc.nat(),
            pixels: text,
            predicted: fc.nat(),
            probabilities: fc.array(number),
          }),
        ),
      }),
    );
    fc.assert(
      fc.property(fact, (made) => {
        const [event] = stampFacts([made]);
        const line = toLine(event);
        expect(line.indexOf("\n")).toBe(line.length - 1);
        expect(fromLine(line)).toEqual(event);
      }),
    );
  });

  it.each([
    ['{"version":1,"run":"a","seq', /not JSON .* cut short/],
    ["", /not JSON/],
    ["[]", /not a version 1 event/],
    ["null", /not a version 1 event/],
    ['{"version":2,"run":"a","sequence":0,"type":"x"}', /not a version 1 event/],
  ])("is refused when it is %j", (line, message) => {
    expect(() => fromLine(line)).toThrow(message);
    expect(() => fromLine(line)).toThrow(expect.objectContaining({ name: "SinkError" }));
  });
});

describe("the json sink's file", () => {
  const write = async (events: readonly TrainingEvent[], path: string, context: Parameters<typeof json.open>[1]): Promise<void> => {
    const sink = await json.open({ path }, context);
    for (const event of events) await sink.write(event);
    await sink.flush?.();
    await sink.close?.("finished");
  };

  it("stands in the config's folder and holds every event", () =>
    withTemporaryRun(async ({ context }) => {
      const events = sampleRun();
      await write(events, "logs/deep/events.ndjson", context);
      const lines = (await readFile(join(context.configDirectory, "logs/deep/events.ndjson"), "utf8")).split("\n");
      expect(lines.pop()).toBe("");
      expect(lines.map(fromLine)).toEqual(events);
    }));

  it("keeps what it held before", () =>
    withTemporaryRun(async ({ context }) => {
      const [first, second] = [sampleRun({ run: "first" }), sampleRun({ run: "second" })];
      await write(first, "events.ndjson", context);
      await write(second, "events.ndjson", context);
      const lines = (await readFile(join(context.configDirectory, "events.ndjson"), "utf8")).trimEnd().split("\n");
      expect(lines.map(fromLine)).toEqual([...first, ...second]);
    }));

  it("doesn't go on in a line that was cut short", () =>
    withTemporaryRun(async ({ context }) => {
      const path = join(context.configDirectory, "events.ndjson");
      await writeFile(path, "");
      await appendFile(path, '{"version":1,"ru');
      const events = sampleRun({ epochs: 2 });
      await write(events, path, context);
      const [torn, ...lines] = (await readFile(path, "utf8")).trimEnd().split("\n");
      expect(torn).toBe('{"version":1,"ru');
      expect(lines.map(fromLine)).toEqual(events);
    }));

  it("can be read while the run goes on, a whole line at a time", () =>
    withTemporaryRun(async ({ context }) => {
      const events = sampleRun();
      const sink = await json.open({ path: "events.ndjson" }, context);
      for (const [index, event] of events.entries()) {
        await sink.write(event);
        const text = await readFile(join(context.configDirectory, "events.ndjson"), "utf8");
        expect(text).toBe(
          events
            .slice(0, index + 1)
            .map(toLine)
            .join(""),
        );
      }
      await sink.close?.("finished");
    }));
});

it("the json sink writes to standard output where it has no path", () => {
  const program = `
    import json from "${new URL("../src/json/index.ts", import.meta.url).href}";
    import { sampleRun } from "${new URL("../src/testing/index.ts", import.meta.url).href}";
    const sink = await json.open({}, {});
    for (const event of sampleRun()) await sink.write(event);
    await sink.close?.("finished");
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    cwd: fileURLToPath(new URL("../../..", import.meta.url)),
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(stdout).toBe(sampleRun().map(toLine).join(""));
});
