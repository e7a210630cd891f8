// MLflow's limits: the fake refuses whatever exceeds one.
import type { TrainingFact } from "@downhill/sinks";
import { sampleRun, stampFacts } from "@downhill/sinks/testing";
import fc from "fast-check";
import { afterAll, beforeEach, expect, test } from "vitest";
import { keyOf } from "../src/limits.ts";
import { driveSink, expectedMetrics, inOrder } from "./driveSink.ts";
import { FakeMlflow } from "./FakeMlflow.ts";
import { ServerState } from "./ServerState.ts";

const server = await FakeMlflow.start();
afterAll(() => server.stop());
beforeEach(() => {
  server.state = new ServerState();
  server.seen.length = 0;
});

async function paramsFor(config: unknown): Promise<Record<string, string>> {
  server.state = new ServerState();
  await driveSink(stampFacts([{ type: "runStarted", name: "limits", config, epochs: 1 }]), { url: server.url });
  return Object.fromEntries(server.run.params);
}

test("5,000 params", async () => {
  const config = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`option${index}`, index]));
  const params = await paramsFor(config);
  expect(Object.keys(params)).toHaveLength(5000);
  expect(params["option4999"]).toBe("4999");
  expect(server.seen.filter(({ path }) => path === "runs/log-batch")).toHaveLength(50);
});

test("10,000 epochs in requests of at most 1,000 rows", { timeout: 60_000 }, async () => {
  const events = sampleRun({ epochs: 10_000 });
  await driveSink(events, { url: server.url });
  expect(inOrder(server.run.metrics)).toEqual(expectedMetrics(events));
  const batches = server.seen.filter(({ path }) => path === "runs/log-batch");
  // 6 metrics an epoch; a request leaves when it is full, not an epoch at a time.
  expect(batches.length).toBeLessThan(125);
});

test("long values are cut between characters, and keys too", async () => {
  const long = "k".repeat(300);
  const params = await paramsFor({ text: "é🙂".repeat(400), [`${long}1`]: 1, [`${long}2`]: 2, half: "\ud83d" });
  expect(Buffer.byteLength(params["text"])).toBeLessThanOrEqual(500);
  expect(params["text"]).toMatch(/^(é🙂)+é?…$/u);
  expect(params["k".repeat(250)]).toBe("1");
  expect(params[`${"k".repeat(240)}_2`]).toBe("2");
  expect(params["half"]).toBe("\ufffd");
});

test("a config flattens to dotted keys; what is empty says so", async () => {
  const config = { model: { layers: [{ units: 8 }, {}] }, sinks: [], name: null, samples: { train: 7 }, $schema: "x" };
  expect(await paramsFor(config)).toEqual({
    "model.layers.0.units": "8",
    "model.layers.1": "{}",
    sinks: "[]",
    name: "null",
    "samples.train": "7",
    _schema: "x",
  });
});

test("any config and any layer names", async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()), fc.string({ unit: "binary" }), async (config, layer) => {
      server.state = new ServerState();
      const epoch = { type: "epochCompleted", epoch: 1, epochs: 1, cost: 1, learningRate: 1, samplesPerSecond: 1, durationMs: 1 } as const;
      const facts: TrainingFact[] = [
        { type: "runStarted", name: "any", config, epochs: 1, environment: { [layer]: layer } },
        { ...epoch, gradientNorms: { [layer]: 1 } },
      ];
      await driveSink(stampFacts(facts), { url: server.url, options: { tags: { [`tag ${layer}`]: layer } } });
      expect(server.run.metrics).toHaveLength(4);
    }),
    { numRuns: 25 },
  );
});

test("the body stays under a megabyte where tags are long", async () => {
  const environment = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`name${index}`, "\u0001".repeat(6000)]));
  await driveSink(stampFacts([{ type: "runStarted", name: "tags", config: {}, epochs: 1, environment }]), { url: server.url });
  expect(server.run.tags.size).toBe(303);
  expect(Math.max(...server.seen.map(({ bytes }) => bytes))).toBeLessThanOrEqual(1_000_000);
});

test.each([
  ["a/b", "a_b"],
  ["../../etc", "__.._etc"],
  ["..", "_"],
  ["", "_"],
  ["größe µ", "gr__e _"],
])("the key %j becomes %j", (given, key) => {
  expect(keyOf(given)).toBe(key);
});
