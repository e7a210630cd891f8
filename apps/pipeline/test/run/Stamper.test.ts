import type { DataLoaded } from "@downhill/sinks";
import { expect, test } from "vitest";
import { Stamper } from "../../src/run/Stamper.ts";

const dataLoaded: DataLoaded = {
  type: "dataLoaded",
  sets: [{ name: "train", samples: 3, features: 2, outputs: 1 }],
  model: { inputs: 2, layers: [], parameters: 0, loss: "meanSquaredError", optimizer: "sgd" },
};

test("events are numbered from 0 and carry the run", () => {
  const stamper = new Stamper("some-run");
  const [first, second] = [stamper.stamp(dataLoaded), stamper.stamp({ type: "warningRaised", message: "!" })];
  expect([first.sequence, second.sequence]).toEqual([0, 1]);
  expect(first).toMatchObject({ version: 1, run: "some-run", type: "dataLoaded" });
  expect(new Date(first.at).toISOString()).toBe(first.at);
});

test("an event is frozen to its depths: a sink can't change what the others get", () => {
  const event = new Stamper("run").stamp(dataLoaded) as DataLoaded;
  expect(() => ((event.sets[0] as { samples: number }).samples = -7)).toThrow(TypeError);
  expect(event.sets[0].samples).toBe(3);
});

test("a message is redacted before it is cut", () => {
  const stamper = new Stamper("run", { redact: (text) => text.replaceAll("hunter2", "${TOKEN}") });
  const event = stamper.stamp({ type: "sinkFailed", sink: "tracker", message: `${"x".repeat(996)}hunter2` });
  expect(event).toMatchObject({ message: `${"x".repeat(996)}\${TO…` });
});

test("an event that was stamped ahead is the one that comes, unless others have come before it", () => {
  const stamper = new Stamper("run");
  const [ahead, failed] = [stamper.stampAhead(dataLoaded), { type: "sinkFailed", sink: "one", message: "!" } as const];
  expect(stamper.confirm(ahead)).toBe(ahead);
  const next = stamper.stampAhead(dataLoaded);
  expect([next.sequence, stamper.stamp(failed).sequence]).toEqual([1, 1]);
  expect(stamper.confirm(next)).toEqual({ ...next, sequence: 2, at: expect.any(String) as string });
});

test("times are those of the facts, and never go back", () => {
  const stamper = new Stamper("run");
  const times = [2000, 1000, 3000].map((at) => stamper.stamp(dataLoaded, at).at);
  expect(times.map((at) => Date.parse(at))).toEqual([2000, 2000, 3000]);
});

test("messages are shown through redact", () => {
  const stamper = new Stamper("run", { redact: (text) => text.replaceAll("hunter2", "${TOKEN}") });
  expect(stamper.stamp({ type: "sinkFailed", sink: "tracker", message: "401 for hunter2" })).toMatchObject({ message: "401 for ${TOKEN}" });
});
