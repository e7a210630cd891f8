import { expect, onTestFinished, test, vi } from "vitest";
import { Stamper } from "../../src/run/Stamper.ts";
import { type SinkFailure, SinkHost } from "../../src/sinks/SinkHost.ts";
import { DEFAULT_DELIVERY } from "../../src/sinks/inspectSink.ts";
import { epochCompleted, runCompleted, runStarted } from "../facts.ts";
import { type FakeBehaviour, FakeSink, type SinkCall } from "./fakeSinks.ts";

// A run of five epochs through a host with these sinks.
const drive = async (...behaviours: FakeBehaviour[]): Promise<{ sinks: FakeSink[]; said: SinkFailure[]; host: SinkHost }> => {
  const sinks = behaviours.map((behaviour) => new FakeSink(behaviour));
  const said: SinkFailure[] = [];
  const host = new SinkHost(
    new Stamper("fake"),
    sinks.map(({ queueOptions }) => queueOptions),
    (failure) => said.push(failure),
  );
  await host.open();
  await host.write(runStarted());
  for (let epoch = 1; epoch <= 5; epoch += 1) await host.write(epochCompleted(epoch));
  await host.complete(runCompleted());
  await host.close("finished");
  return { sinks, said, host };
};

const EPOCHS = ["epoch 1", "epoch 2", "epoch 3", "epoch 4", "epoch 5"];

test("every sink sees every event in order", async () => {
  const { sinks, said } = await drive({}, { writeMs: 3, delivery: { queue: 1 } }, { writeMs: 1 });
  for (const sink of sinks) {
    expect(sink.calls).toEqual(["open", "runStarted", ...EPOCHS, "runCompleted finished", "flush", "close finished"]);
  }
  expect(said).toEqual([]);
});

test("a host without sinks still stamps", async () => {
  const host = new SinkHost(new Stamper("alone"), []);
  await host.open();
  const events = [await host.write(runStarted()), await host.complete(runCompleted())];
  expect(events).toMatchObject([
    { version: 1, run: "alone", sequence: 0, type: "runStarted" },
    { version: 1, run: "alone", sequence: 1, type: "runCompleted" },
  ]);
  expect(new Date(events[0].at).toISOString()).toBe(events[0].at);
  await host.close("finished");
});

test.each([
  ["open", "throw"],
  ["open", "hang"],
  ["write", "throw"],
  ["write", "hang"],
] satisfies [SinkCall, "throw" | "hang"][])(
  "a sink whose %s goes wrong (%s) is reported once; the others see everything",
  async (call, how) => {
    const { sinks, said } = await drive(
      { name: "well" },
      { name: "ill", fault: { call, how, from: 2 }, delivery: { timeoutMs: 30, queue: 1 } },
      { name: "slow", writeMs: 2 },
    );
    const [well, ill, slow] = sinks;
    const rest = well.events.filter((event) => !event.startsWith("sinkFailed"));
    expect(rest).toEqual(["runStarted", ...EPOCHS, "runCompleted finished"]);
    expect(well.events.filter((event) => event.startsWith("sinkFailed"))).toEqual(["sinkFailed ill"]);
    expect(slow.events).toEqual(well.events);
    expect(ill.events).not.toContain("sinkFailed ill");
    expect(said).toMatchObject([{ sink: "ill" }]);
  },
);

test("runStarted comes first even when a sink did not open, and runCompleted last", async () => {
  const { sinks } = await drive({}, { name: "ill", fault: { call: "open", how: "throw" } });
  expect(sinks[0].events[0]).toBe("runStarted");
  expect(sinks[0].events[1]).toBe("sinkFailed ill");
  expect(sinks[0].events.at(-1)).toBe("runCompleted finished");
});

test("two sinks that fail are both reported, each to those that are left", async () => {
  const { sinks } = await drive(
    {},
    { name: "one", fault: { call: "write", how: "throw" } },
    { name: "other", fault: { call: "write", how: "throw", from: 3 } },
  );
  const failures = (sink: FakeSink): string[] => sink.events.filter((event) => event.startsWith("sinkFailed"));
  expect(failures(sinks[0])).toEqual(["sinkFailed one", "sinkFailed other"]);
});

test.each(["flush", "close"] as const)("a built-in sink whose %s fails is too late for an event: it is said", async (call) => {
  const { sinks, said } = await drive({ name: "well" }, { name: "ill", fault: { call, how: "throw" } });
  expect(said).toEqual([{ sink: "ill", message: `${call}: out of ink` }]);
  expect(sinks[0].events).not.toContain("sinkFailed ill");
  expect(sinks[0].calls.at(-1)).toBe("close finished");
});

test.each(["write", "flush", "close"] as const)("a guest whose last %s fails is reported before the last event", async (call) => {
  const { sinks, said } = await drive(
    { name: "well" },
    { name: "ill", guest: true, fault: { call, how: "throw", from: 6 } },
    { name: "guest", guest: true },
  );
  const [well, , guest] = sinks;
  expect(well.events.slice(-2)).toEqual(["sinkFailed ill", "runCompleted finished"]);
  expect(guest.events).toEqual(["runStarted", ...EPOCHS, "runCompleted finished"]);
  expect(guest.calls.at(-1)).toBe("close finished");
  expect(said).toEqual([{ sink: "ill", message: `${call}: out of ink` }]);
});

test("a failure is not said where a console tells it, unless that has failed", async () => {
  const ill: FakeBehaviour = { name: "ill", fault: { call: "write", how: "throw" } };
  expect((await drive({ name: "console" }, ill)).said).toEqual([]);
  const { said } = await drive({ name: "console", fault: { call: "open", how: "throw" } }, ill);
  expect(said.map(({ sink }) => sink)).toEqual(["console", "ill"]);
});

test.each(["finish at its own pace", "be dropped"])("a sink that is behind at the end has its time limit to %s", async (what) => {
  const dropped = what === "be dropped";
  const delivery = { timeoutMs: dropped ? 40 : 10_000 };
  const { sinks, said } = await drive({ name: "well" }, { name: "slow", guest: true, writeMs: 20, delivery });
  expect(sinks[0].events.at(-1)).toBe("runCompleted finished");
  expect(said.map(({ sink }) => sink)).toEqual(dropped ? ["slow"] : []);
  if (dropped) expect(said[0].message).toMatch(/^end: \d of its events were not taken within 40 ms$/);
  else expect(sinks[1].events).toEqual(sinks[0].events);
});

test("a guest that takes long to close takes nothing of the time that the others have for theirs", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const takes = (ms: number) => () => Promise.resolve({ write() {}, flush: () => new Promise<void>((done) => setTimeout(done, ms)) });
  const said: SinkFailure[] = [];
  const sinks = [
    { name: "guest", guest: true, delivery: { ...DEFAULT_DELIVERY, timeoutMs: 60_000 }, open: takes(50_000) },
    { name: "own", delivery: { ...DEFAULT_DELIVERY, timeoutMs: 20_000 }, open: takes(15_000) },
  ];
  const host = new SinkHost(new Stamper("fake"), sinks, (failure) => said.push(failure));
  const end = async (): Promise<string> => {
    await host.open();
    await host.write(runStarted());
    await host.complete(runCompleted());
    await host.close("finished");
    return "ended";
  };
  const ended = end();
  await vi.advanceTimersByTimeAsync(65_001);
  expect(await Promise.race([ended, Promise.resolve("still running")])).toBe("ended");
  expect(said).toEqual([]);
});

test("what a queue drops is counted, and told before the last event", async () => {
  const { sinks } = await drive({ name: "well" }, { name: "slow", writeMs: 20, delivery: { queue: 2, whenFull: "dropOldest" } });
  const told = sinks[1].events.filter((event) => event.startsWith("epoch")).length;
  expect(told).toBeLessThan(EPOCHS.length);
  const warnings = sinks[0].written.filter((event) => event.type === "warningRaised");
  expect(warnings.map(({ message }) => message)).toEqual([
    `the sink slow was too slow for ${EPOCHS.length - told} epochs or batches, which it was not told`,
  ]);
});

test("only a required sink that failed is worth a stop, with exit code 6", async () => {
  const fault = { call: "write", how: "throw" } as const;
  const optional = await drive({ fault });
  expect(() => optional.host.checkRequired()).not.toThrow();
  const required = await drive({ name: "ledger", fault, delivery: { required: true } });
  expect(() => required.host.checkRequired()).toThrow(
    expect.objectContaining({ exitCode: 6, message: "the required sink ledger failed: write: out of ink" }) as Error,
  );
});

test("sequence numbers have no gap, reports included", async () => {
  const sequences: number[] = [];
  const host = new SinkHost(new Stamper("fake"), [
    { ...new FakeSink().queueOptions, open: () => Promise.resolve({ write: ({ sequence }) => void sequences.push(sequence) }) },
    new FakeSink({ fault: { call: "write", how: "throw", from: 1 } }).queueOptions,
  ]);
  await host.open();
  await host.write(runStarted());
  for (let epoch = 1; epoch <= 5; epoch += 1) await host.write(epochCompleted(epoch));
  await host.close("finished");
  expect(sequences).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
