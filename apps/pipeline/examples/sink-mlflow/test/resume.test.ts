// A run that is gone on with, wherever it was interrupted: nothing twice, nothing missing.
import type { TrainingEvent } from "@downhill/sinks";
import { sampleRun } from "@downhill/sinks/testing";
import { afterAll, beforeEach, expect, test } from "vitest";
import { MlflowSink } from "../src/MlflowSink.ts";
import { driveSink, expectedMetrics, FAST, inOrder } from "./driveSink.ts";
import { FakeMlflow } from "./FakeMlflow.ts";
import { ServerState } from "./ServerState.ts";

const EVENTS = sampleRun({ epochs: 12 });
const server = await FakeMlflow.start();
afterAll(() => server.stop());
beforeEach(() => {
  server.state = new ServerState();
  server.faultOf = () => undefined;
});

// A process that is killed: what was written but not sent is gone, and no call follows.
async function killedAfter(events: readonly TrainingEvent[], flushAfter: number): Promise<void> {
  const sink = await MlflowSink.open({ trackingUri: server.url, experiment: "Downhill" }, {}, FAST);
  for (const event of events.slice(0, flushAfter)) await sink.write(event);
  await sink.flush();
  for (const event of events.slice(flushAfter)) await sink.write(event);
}

// The events that come once more bear another time, and a rate that was measured anew.
function toldAgain(events: readonly TrainingEvent[]): TrainingEvent[] {
  return events.map((event) => {
    const later = { ...event, at: new Date(Date.parse(event.at) + 90_000).toISOString() };
    return later.type === "epochCompleted" ? { ...later, samplesPerSecond: 1 } : later;
  });
}

function expectWhole(): void {
  const { run } = server;
  const withoutTime = (lines: readonly string[]): string[] =>
    lines.map((line) => line.replace(/ \d+$/, "").replace(/^(samplesPerSecond \d+) .*/, "$1"));
  expect(withoutTime(inOrder(run.metrics)).toSorted()).toEqual(withoutTime(expectedMetrics(EVENTS)).toSorted());
  expect([run.status, run.params.size, run.tags.get("downhill.end")]).toEqual(["FINISHED", 10, "finished"]);
}

test.each(EVENTS.map((_, index) => index))("interrupted after event %i", async (told) => {
  // The server may have had everything, some of it or nothing, and the record may lack what the server had.
  const [some, recordedLess] = [Math.max(0, told - 3), Math.max(0, told - 2)];
  for (const [flushed, recorded] of [
    [0, told],
    [some, told],
    [told, told],
    [told, recordedLess],
  ]) {
    server.state = new ServerState();
    await killedAfter(EVENTS.slice(0, told), flushed);
    await driveSink(toldAgain(EVENTS.slice(recorded)), { url: server.url, history: EVENTS.slice(0, recorded) });
    expectWhole();
  }
});

test("interrupted again and again", async () => {
  for (let told = 0; told < EVENTS.length; told += 3) {
    await driveSink(EVENTS.slice(told, told + 3), { url: server.url, ...(told > 0 && { history: EVENTS.slice(0, told) }) });
    expect(server.run.status).toBe(told + 3 < EVENTS.length ? "FAILED" : "FINISHED");
  }
  expectWhole();
});

test("a run that the server never heard of is sent from its history", async () => {
  await driveSink(EVENTS.slice(10), { url: server.url, history: EVENTS.slice(0, 10) });
  expectWhole();
});

test("a run that is sent a second time changes nothing", async () => {
  await driveSink(EVENTS, { url: server.url });
  await driveSink(EVENTS, { url: server.url });
  expectWhole();
});

test.each(["cutAfter", "half", "stallAfter"] as const)("interrupted, and then %s at each request of what follows", async (fault) => {
  for (let place = 0; place < 8; place += 1) {
    server.state = new ServerState();
    server.faultOf = () => undefined;
    await killedAfter(EVENTS.slice(0, 9), 6);
    const begin = server.seen.length;
    server.faultOf = (number) => (number === begin + place ? fault : undefined);
    await driveSink(EVENTS.slice(9), {
      url: server.url,
      history: EVENTS.slice(0, 9),
      flushEvery: 4,
      pace: { ...FAST, requestMs: fault === "stallAfter" ? 300 : FAST.requestMs },
    });
    expectWhole();
  }
});
