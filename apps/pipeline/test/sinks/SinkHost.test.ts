import { expect, test } from "vitest";
import { stamper } from "../../src/run/stamper.ts";
import { SinkHost } from "../../src/sinks/SinkHost.ts";
import { epochCompleted, runCompleted, runStarted } from "../facts.ts";
import { type FakeBehaviour, FakeSink, type SinkCall } from "./fakeSinks.ts";

// A run of five epochs through a host with these sinks.
const drive = async (
  ...behaviours: FakeBehaviour[]
): Promise<{ sinks: FakeSink[]; late: { sink: string; message: string }[]; host: SinkHost }> => {
  const sinks = behaviours.map((behaviour) => new FakeSink(behaviour));
  const host = new SinkHost(
    stamper("fake"),
    sinks.map(({ queueOptions }) => queueOptions),
  );
  await host.open();
  await host.write(runStarted());
  for (let epoch = 1; epoch <= 5; epoch += 1) await host.write(epochCompleted(epoch));
  await host.write(runCompleted());
  return { sinks, late: await host.close("finished"), host };
};

const EPOCHS = ["epoch 1", "epoch 2", "epoch 3", "epoch 4", "epoch 5"];

test("every sink sees every event in order", async () => {
  const { sinks, late } = await drive({}, { writeMs: 3, delivery: { queue: 1 } }, { writeMs: 1 });
  for (const sink of sinks) {
    expect(sink.calls).toEqual(["open", "runStarted", ...EPOCHS, "runCompleted finished", "flush", "close finished"]);
  }
  expect(late).toEqual([]);
});

test("a host without sinks still stamps", async () => {
  const host = new SinkHost(stamper("alone"), []);
  await host.open();
  const events = [await host.write(runStarted()), await host.write(runCompleted())];
  expect(events).toMatchObject([
    { version: 1, run: "alone", sequence: 0, type: "runStarted" },
    { version: 1, run: "alone", sequence: 1, type: "runCompleted" },
  ]);
  expect(new Date(events[0].at).toISOString()).toBe(events[0].at);
  expect(await host.close("finished")).toEqual([]);
});

test.each([
  ["open", "throw"],
  ["open", "hang"],
  ["write", "throw"],
  ["write", "hang"],
] satisfies [SinkCall, "throw" | "hang"][])(
  "a sink whose %s goes wrong (%s) is reported once; the others see everything",
  async (call, how) => {
    const { sinks, late } = await drive(
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
    expect(late).toEqual([]);
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

test.each(["flush", "close"] as const)("a %s that fails comes too late for an event and is told by close", async (call) => {
  const { sinks, late } = await drive({ name: "well" }, { name: "ill", fault: { call, how: "throw" } });
  expect(late).toEqual([{ sink: "ill", message: `${call}: out of ink` }]);
  expect(sinks[0].calls.at(-1)).toBe("close finished");
});

test("a sink whose last write fails is told by close", async () => {
  const { late } = await drive({ name: "ill", fault: { call: "write", how: "throw", from: 6 } });
  expect(late).toEqual([{ sink: "ill", message: "write: out of ink" }]);
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
  const host = new SinkHost(stamper("fake"), [
    { ...new FakeSink().queueOptions, open: () => Promise.resolve({ write: ({ sequence }) => void sequences.push(sequence) }) },
    new FakeSink({ fault: { call: "write", how: "throw", from: 1 } }).queueOptions,
  ]);
  await host.open();
  await host.write(runStarted());
  for (let epoch = 1; epoch <= 5; epoch += 1) await host.write(epochCompleted(epoch));
  await host.close("finished");
  expect(sequences).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
