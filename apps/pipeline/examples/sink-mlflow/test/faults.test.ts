// Whatever goes wrong on the way, the server has each metric of the run once in the end. The fake forgets no duplicate.
import { sampleRun } from "@downhill/sinks/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Pace } from "../src/pace.ts";
import { driveSink, expectedMetrics, FAST, inOrder } from "./driveSink.ts";
import { type Fault, FakeMlflow, FAULTS } from "./FakeMlflow.ts";

const EVENTS = sampleRun({ epochs: 8 });
const FLUSH_EVERY = 4;
const IMPATIENT: Pace = { ...FAST, requestMs: 400 };
// A stall costs the whole time of a request.
const QUICK: readonly Fault[] = FAULTS.filter((fault) => !fault.startsWith("stall"));

async function withServer<Value>(use: (server: FakeMlflow) => Promise<Value>): Promise<Value> {
  const server = await FakeMlflow.start();
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

async function arrives(faultOf: (number: number) => Fault | undefined, pace: Pace = FAST): Promise<number> {
  return withServer(async (server) => {
    server.faultOf = faultOf;
    await driveSink(EVENTS, { url: server.url, flushEvery: FLUSH_EVERY, pace });
    const { run } = server;
    expect(inOrder(run.metrics)).toEqual(expectedMetrics(EVENTS));
    expect([run.status, run.params.size, run.tags.get("downhill.end")]).toEqual(["FINISHED", 10, "finished"]);
    return server.seen.length;
  });
}

test.each(FAULTS)("%s, at each request of a run", { timeout: 60_000 }, async (fault) => {
  const requests = await arrives(() => undefined);
  expect(requests).toBeGreaterThan(8);
  const numbers = Array.from({ length: requests }, (_, number) => number);
  let met = 0;
  const faultAt = (place: number) => (number: number) => {
    if (number !== place) return undefined;
    met += 1;
    return fault;
  };
  await Promise.all(numbers.map((place) => arrives(faultAt(place), fault.startsWith("stall") ? IMPATIENT : FAST)));
  expect(met).toBe(requests);
});

test("any schedule of faults", { timeout: 60_000 }, async () => {
  const schedule = fc.array(fc.option(fc.constantFrom(...QUICK), { nil: undefined, freq: 2 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(schedule, async (faults) => {
      await arrives((number) => faults[number]);
    }),
    { numRuns: 40 },
  );
});

test("a server that carries a request out after it was given up doubles nothing that it knows by key, step and time", async () => {
  await withServer(async (server) => {
    let late: (() => void) | undefined;
    server.faultOf = (number) => (number === 4 ? "stall" : undefined);
    const { state } = server;
    const call = state.call.bind(state);
    state.call = (path, body, part) => {
      if (path === "runs/log-batch") late ??= () => void call(path, body);
      return call(path, body, part);
    };
    await driveSink(EVENTS, { url: server.url, pace: IMPATIENT });
    late?.();
    // What a store with a primary key, as MLflow's databases have it, keeps of the two.
    const kept = new Set(inOrder(server.run.metrics));
    expect([...kept]).toEqual(expectedMetrics(EVENTS));
    expect(server.run.metrics.length).toBeGreaterThan(kept.size);
  });
});

test("a server that is busy is left alone for as long as it asks", async () => {
  await withServer(async (server) => {
    const times: number[] = [];
    server.answer = (_, response) => {
      times.push(performance.now());
      response.writeHead(429, { "retry-after": "1" });
      response.end();
    };
    const pace = { ...FAST, giveUpMs: 1900 };
    await expect(driveSink(EVENTS, { url: server.url, pace })).rejects.toThrow(
      "answers experiments/get-by-name with 429 (given up after 2 tries)",
    );
    expect(times[1] - times[0]).toBeGreaterThan(950);
  });
});

test.each(["error503", "cut", "half"] as const)("where every request ends with %s, the sink fails and stays failed", async (fault) => {
  await withServer(async (server) => {
    const { MlflowSink } = await import("../src/MlflowSink.ts");
    const sink = await MlflowSink.open({ trackingUri: server.url, experiment: "Downhill" }, {}, { ...FAST, giveUpMs: 30 });
    for (const event of EVENTS.slice(0, 8)) await sink.write(event);
    server.faultOf = () => fault;
    const message = fault === "cut" ? /can't be reached: .*; is it running\? \(given up after \d+ tries\)/ : /answers runs\/.* with 50\d/;
    await expect(sink.flush()).rejects.toThrow(message);
    const requests = server.seen.length;
    await expect(sink.write(EVENTS[8])).rejects.toThrow(message);
    await expect(sink.flush()).rejects.toThrow(message);
    await sink.close("failed");
    expect(server.seen.length).toBe(requests);
  });
});

test("a failure between two calls is thrown by the next one", async () => {
  await withServer(async (server) => {
    const { MlflowSink } = await import("../src/MlflowSink.ts");
    const sink = await MlflowSink.open({ trackingUri: server.url, experiment: "Downhill" }, {}, { ...FAST, sendMs: 1, giveUpMs: 10 });
    await sink.write(EVENTS[0]);
    server.faultOf = () => "error500";
    await expect
      .poll(
        () =>
          sink.write(EVENTS[5]).then(
            () => "",
            (error: Error) => error.message,
          ),
        { timeout: 10_000 },
      )
      .toMatch(/with 500: INTERNAL_ERROR: a bug/);
  });
});
