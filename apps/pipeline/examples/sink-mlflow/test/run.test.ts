// A run as the server has it in the end: metrics, params, tags, status.
import { sampleRun, stampFacts } from "@downhill/sinks/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { driveSink, expectedMetrics, FAST, inOrder } from "./driveSink.ts";
import { FakeMlflow } from "./FakeMlflow.ts";

let server: FakeMlflow;
beforeEach(async () => {
  server = await FakeMlflow.start();
});
afterEach(() => server.stop());

test("metrics, params and tags of a run arrive once", async () => {
  const events = sampleRun({ epochs: 30 });
  await driveSink(events, { url: server.url, options: { tags: { team: "vision" } } });
  const { run } = server;
  expect(inOrder(run.metrics)).toEqual(expectedMetrics(events));
  const epoch7 = run.metrics.filter(({ step }) => step === 7).map(({ key }) => key);
  expect(epoch7).toEqual(["cost", "accuracy", "validation.cost", "validation.accuracy", "learningRate", "samplesPerSecond"]);
  const final = run.metrics.filter(({ key }) => key.startsWith("final.")).map(({ key, value, step }) => [key, value, step]);
  expect(final).toContainEqual(["final.test.accuracy", 0.8686, 30]);
  expect(Object.fromEntries(run.params)).toEqual({
    seed: "0",
    epochs: "30",
    "optimizer.type": "sgd",
    "optimizer.learningRate": "0.002",
    "samples.train": "1000",
    "samples.validation": "200",
    "samples.test": "350",
    features: "784",
    outputs: "10",
    parameters: "795010",
  });
  expect(Object.fromEntries(run.tags)).toEqual({
    "downhill.run": "sample",
    "mlflow.source.name": "downhill",
    "mlflow.source.type": "LOCAL",
    "environment.downhill": "0.1.0",
    "environment.node": "24.21.0",
    "environment.machine": "x64, 2 threads",
    "environment.compute": "128 bits at a time",
    team: "vision",
    "downhill.end": "finished",
    "downhill.weightsSha256": "5f".repeat(32),
  });
  const [first, last] = [events[0], events[events.length - 1]].map(({ at }) => Date.parse(at));
  expect([run.name, run.status, run.startTime, run.endTime]).toEqual(["reference", "FINISHED", first, last]);
  expect([...server.state.experiments.keys()]).toEqual(["Downhill"]);
});

test("the events of a second go together: a small run takes six requests", async () => {
  await driveSink(sampleRun(), { url: server.url });
  expect(server.seen.map(({ path }) => path)).toEqual([
    "experiments/get-by-name",
    "experiments/create",
    "runs/search",
    "runs/create",
    "runs/log-batch",
    "runs/update",
  ]);
});

test.each([
  ["stoppedEarly", "FINISHED"],
  ["aborted", "KILLED"],
  ["diverged", "FAILED"],
  ["failed", "FAILED"],
] as const)("a run that ended as %s is %s", async (end, status) => {
  const events = sampleRun({ end });
  await driveSink(events, { url: server.url });
  expect([server.run.status, server.run.tags.get("downhill.end")?.split(":")[0]]).toEqual([status, end]);
  expect(inOrder(server.run.metrics)).toEqual(expectedMetrics(events));
});

test("numbers that aren't finite are left out and counted", async () => {
  const epoch = { type: "epochCompleted", epochs: 3, learningRate: 0.1, samplesPerSecond: 10, durationMs: 1 } as const;
  const events = stampFacts([
    { type: "runStarted", name: "odd", config: {}, epochs: 3 },
    { ...epoch, epoch: 1, cost: 1, validation: { cost: Number.POSITIVE_INFINITY } },
    { ...epoch, epoch: 2, cost: Number.NaN, validation: { cost: 2 } },
    { ...epoch, epoch: 3, cost: Number.NaN },
    { type: "runCompleted", reason: "diverged", message: "the cost is NaN", epochs: 3, durationMs: 3 },
  ]);
  await driveSink(events, { url: server.url });
  expect(server.run.metrics.filter(({ key }) => key.endsWith("cost")).map(({ key, step }) => [key, step])).toEqual([
    ["cost", 1],
    ["validation.cost", 2],
  ]);
  expect(server.run.tags.get("downhill.notFinite")).toBe("validation.cost 1, cost 2");
  expect(server.run.tags.get("downhill.end")).toBe("diverged: the cost is NaN");
});

test("every batch has a step of its own", async () => {
  const batches = [1, 2].flatMap((epoch) =>
    [1, 2, 3].map((batch) => ({ type: "batchCompleted", epoch, batch, batches: 3, cost: batch }) as const),
  );
  const events = stampFacts([{ type: "runStarted", name: "batches", config: {}, epochs: 2 }, ...batches]);
  await driveSink(events, { url: server.url });
  expect(server.run.metrics.map(({ key, step }) => `${key} ${step}`)).toEqual([1, 2, 3, 4, 5, 6].map((step) => `batch.cost ${step}`));
});

test("what was written is sent after a while without a flush", async () => {
  const { MlflowSink } = await import("../src/MlflowSink.ts");
  const sink = await MlflowSink.open({ trackingUri: server.url, experiment: "Downhill" }, {}, { ...FAST, sendMs: 5 });
  for (const event of sampleRun().slice(0, 10)) await sink.write(event);
  await expect.poll(() => server.run.metrics.length, { timeout: 10_000 }).toBeGreaterThan(5);
  await sink.close("failed");
});

test("of two runs that make the experiment at once, the second one takes the first's", async () => {
  await Promise.all(["one", "two", "three"].map((run) => driveSink(sampleRun({ run }), { url: server.url })));
  expect(server.state.experiments.size).toBe(1);
  expect(server.state.runs.map(({ tags }) => tags.get("downhill.run"))).toEqual(expect.arrayContaining(["one", "two", "three"]));
});

test("a run's id may hold quotes", async () => {
  const run = 'it\'s a "run" `of` mine \\ 100%';
  await driveSink(sampleRun({ run }), { url: server.url });
  await driveSink(sampleRun({ run }), { url: server.url });
  expect(inOrder(server.run.metrics)).toEqual(expectedMetrics(sampleRun({ run })));
});
