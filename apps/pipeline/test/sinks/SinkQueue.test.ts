import { setTimeout as sleep } from "node:timers/promises";
import type { TrainingEvent } from "@downhill/sinks";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SinkQueue } from "../../src/sinks/SinkQueue.ts";
import { brief, epochCompleted, runCompleted, runStarted, stamped } from "../facts.ts";
import { FakeSink } from "./fakeSinks.ts";

// What a write takes, by the event's number; it is noted when it is done.
type Taking = "nothing" | "a microtask" | "a turn";
const writing =
  (takings: readonly Taking[], written: number[]) =>
  async ({ sequence }: TrainingEvent): Promise<void> => {
    if (takings[sequence] === "a microtask") await Promise.resolve();
    if (takings[sequence] === "a turn") await new Promise((resolve) => setImmediate(resolve));
    written.push(sequence);
  };
const takings = fc.constantFrom<Taking>("nothing", "a microtask", "a turn");

const opened = async (sink: FakeSink): Promise<SinkQueue> => {
  const queue = new SinkQueue(sink.queueOptions);
  await queue.open();
  return queue;
};

test("events arrive one at a time, in order, between open and close", async () => {
  const sink = new FakeSink({ writeMs: 1, delivery: { queue: 3 } });
  const queue = await opened(sink);
  await queue.write(stamped(runStarted()));
  for (let epoch = 1; epoch <= 20; epoch += 1) await queue.write(stamped(epochCompleted(epoch)));
  await queue.write(stamped(runCompleted()));
  await queue.close("finished");
  const epochs = Array.from({ length: 20 }, (_, index) => `epoch ${index + 1}`);
  expect(sink.calls).toEqual(["open", "runStarted", ...epochs, "runCompleted finished", "flush", "close finished"]);
  expect(sink.mostAtOnce).toBe(1);
  expect(queue.failure).toBeUndefined();
});

test("in order and complete, whatever the writes take and however large the queue is", async () => {
  const takes = fc.array(takings, { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(takes, fc.integer({ min: 1, max: 8 }), async (durations, size) => {
      const written: number[] = [];
      const write = writing(durations, written);
      const queue = new SinkQueue({
        ...new FakeSink({ delivery: { queue: size } }).queueOptions,
        open: () => Promise.resolve({ write }),
      });
      await queue.open();
      // All at once, as a host that does not wait would: the queue keeps their order itself.
      await Promise.all(durations.map((_, sequence) => queue.write(stamped(epochCompleted(1), sequence))));
      await queue.close("finished");
      expect(written).toEqual(durations.map((_, sequence) => sequence));
    }),
  );
});

test("what dropOldest drops and what the sink is told are all there was, and the last is always told", async () => {
  const takes = fc.array(takings, { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(takes, fc.integer({ min: 1, max: 6 }), async (durations, size) => {
      const written: number[] = [];
      const write = writing(durations, written);
      const queue = new SinkQueue({
        ...new FakeSink({ delivery: { queue: size, whenFull: "dropOldest" } }).queueOptions,
        open: () => Promise.resolve({ write }),
      });
      await queue.open();
      for (const sequence of durations.keys()) {
        await queue.write(stamped(epochCompleted(1), sequence));
        if (sequence % 7 === 0) await sleep(0);
      }
      await queue.close("finished");
      expect(written.length + queue.dropped).toBe(durations.length);
      expect(written).toEqual(written.toSorted((one, other) => one - other));
      expect(written.at(-1)).toBe(durations.length - 1);
    }),
  );
});

test.each([1, 4, 7])("a blocking queue of %i holds that many events, the one being written included", async (size) => {
  const sink = new FakeSink({ writeMs: 5, delivery: { queue: size } });
  const queue = await opened(sink);
  let mostHeld = 0;
  for (let epoch = 1; epoch <= 3 * size; epoch += 1) {
    await queue.write(stamped(epochCompleted(epoch)));
    mostHeld = Math.max(mostHeld, epoch - sink.events.length);
  }
  await queue.close("finished");
  expect(mostHeld).toBe(size);
  expect(sink.events).toHaveLength(3 * size);
});

test("dropOldest never waits, drops only epochs, and keeps the newest", async () => {
  const written: string[] = [];
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const queue = new SinkQueue({
    ...new FakeSink({ delivery: { queue: 4, whenFull: "dropOldest" } }).queueOptions,
    open: () => Promise.resolve({ write: (event) => released.then(() => void written.push(brief(event))) }),
  });
  await queue.open();
  await queue.write(stamped(runStarted()));
  for (let epoch = 1; epoch <= 50; epoch += 1) {
    await queue.write(stamped(epochCompleted(epoch)));
    if (epoch === 25) await queue.write(stamped({ type: "warningRaised", message: "halfway" }));
  }
  await queue.write(stamped(runCompleted()));
  // Until here the first write has not come back.
  expect(written).toEqual([]);
  release();
  await queue.close("finished");
  expect(written).toEqual(["runStarted", "warningRaised", "epoch 50", "runCompleted finished"]);
});

test("dropOldest drops nothing while there is room", async () => {
  const sink = new FakeSink({ delivery: { queue: 4, whenFull: "dropOldest" } });
  const queue = await opened(sink);
  for (let epoch = 1; epoch <= 20; epoch += 1) {
    await queue.write(stamped(epochCompleted(epoch)));
    await sleep(0);
  }
  await queue.close("finished");
  expect(sink.events).toHaveLength(20);
});

test.each(["throw", "reject"] as const)("a write that %ss drops the sink: no write follows, but a close does", async (how) => {
  const sink = new FakeSink({ fault: { call: "write", how, from: 2 } });
  const queue = await opened(sink);
  for (let epoch = 1; epoch <= 5; epoch += 1) await queue.write(stamped(epochCompleted(epoch)));
  await queue.close("finished");
  expect(queue.failure).toBe("write: out of ink");
  expect(sink.calls).toEqual(["open", "epoch 1", "epoch 2", "close finished"]);
});

test("a sink that throws what is no Error says what it threw", async () => {
  const queue = new SinkQueue({ ...new FakeSink().queueOptions, open: () => Promise.reject("no disk") });
  await queue.open();
  expect(queue.failure).toBe("open: no disk");
});

test("a write that hangs frees whoever waits for a full queue", async () => {
  const sink = new FakeSink({ fault: { call: "write", how: "hang", from: 1 }, delivery: { queue: 1, timeoutMs: 30 } });
  const queue = await opened(sink);
  for (let epoch = 1; epoch <= 10; epoch += 1) await queue.write(stamped(epochCompleted(epoch)));
  await queue.close("finished");
  expect(queue.failure).toBe("write: write took longer than 30 ms");
  expect(sink.calls).toEqual(["open", "epoch 1", "close finished"]);
});

test.each(["throw", "reject", "hang"] as const)("an open that %ss drops the sink: nothing is written and nothing closed", async (how) => {
  const sink = new FakeSink({ fault: { call: "open", how }, delivery: { timeoutMs: 30 } });
  const queue = await opened(sink);
  await queue.write(stamped(runStarted()));
  await queue.close("finished");
  expect(queue.failure).toMatch(/^open: (out of ink|open took longer than 30 ms)$/);
  expect(sink.calls).toEqual([]);
});

test.each(["throw", "reject", "hang"] as const)("a flush that %ss is a failure, and the sink is closed all the same", async (how) => {
  const sink = new FakeSink({ fault: { call: "flush", how }, delivery: { timeoutMs: 30 } });
  const queue = await opened(sink);
  await queue.write(stamped(runStarted()));
  await queue.close("aborted");
  expect(queue.failure).toMatch(/^flush: (out of ink|flush took longer than 30 ms)$/);
  expect(sink.calls).toEqual(["open", "runStarted", "close aborted"]);
});

test.each(["throw", "reject", "hang"] as const)("a close that %ss is a failure and holds nobody up", async (how) => {
  const sink = new FakeSink({ fault: { call: "close", how }, delivery: { timeoutMs: 30 } });
  const queue = await opened(sink);
  await queue.close("finished");
  expect(queue.failure).toMatch(/^close: (out of ink|close took longer than 30 ms)$/);
  expect(sink.calls).toEqual(["open", "flush"]);
});

test("close waits for what is queued", async () => {
  const sink = new FakeSink({ writeMs: 10 });
  const queue = await opened(sink);
  for (let epoch = 1; epoch <= 5; epoch += 1) await queue.write(stamped(epochCompleted(epoch)));
  expect(sink.events.length).toBeLessThan(5);
  await queue.close("finished");
  expect(sink.events).toHaveLength(5);
});

test("a sink needs neither flush nor close", async () => {
  const written: unknown[] = [];
  const queue = new SinkQueue({
    ...new FakeSink().queueOptions,
    open: () => Promise.resolve({ write: (event) => void written.push(event) }),
  });
  await queue.open();
  await queue.write(stamped(runStarted()));
  await queue.close("finished");
  expect(queue.failure).toBeUndefined();
  expect(written).toHaveLength(1);
});

test("the first failure is the one that is told", async () => {
  const sink = new FakeSink({ fault: { call: "write", how: "throw" } });
  const queue = new SinkQueue({
    ...sink.queueOptions,
    open: () => Promise.resolve({ write: () => sink.write(stamped(runStarted())), close: () => Promise.reject(new Error("second")) }),
  });
  await queue.open();
  await queue.write(stamped(runStarted()));
  await queue.close("finished");
  expect(queue.failure).toBe("write: out of ink");
});
