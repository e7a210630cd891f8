// What every sink sees, however a run ends: exactly one runStarted first, exactly one runCompleted last.
import type { RunCompleted, TrainingEvent } from "@downhill/sinks";
import { lastValueFrom, toArray } from "rxjs";
import { expect, test } from "vitest";
import { EXIT } from "../../src/PipelineError.ts";
import { runEvents$ } from "../../src/run/events.ts";
import { Stamper } from "../../src/run/Stamper.ts";
import { SinkHost } from "../../src/sinks/SinkHost.ts";
import { brief, runStarted } from "../facts.ts";
import { type FakeBehaviour, FakeSink } from "../sinks/fakeSinks.ts";
import { type FakeTraining, FakeTrainer } from "./fakeTrainer.ts";

interface Driven {
  /** What the first sink saw, which is always well. */
  readonly seen: string[];
  readonly sinks: FakeSink[];
  /** What the stream emitted. */
  readonly emitted: TrainingEvent[];
  readonly error: { exitCode?: number; message: string } | undefined;
  /** Which models were stored, by the number of events that the first sink had seen. */
  readonly saved: number[];
}

const drive = async (
  training: Partial<FakeTraining> & { readonly abort?: AbortController },
  behaviours: readonly FakeBehaviour[] = [],
  save: () => Promise<void> = () => Promise.resolve(),
): Promise<Driven> => {
  const sinks = [{}, ...behaviours].map((behaviour) => new FakeSink(behaviour));
  const host = new SinkHost(
    new Stamper("fake"),
    sinks.map(({ queueOptions }) => queueOptions),
  );
  const { signal } = training.abort ?? new AbortController();
  const trainer = new FakeTrainer({ epochs: 3, signal, ...training });
  const [emitted, saved]: [TrainingEvent[], number[]] = [[], []];
  let error: Driven["error"];
  await host.open();
  await new Promise<void>((resolve) => {
    runEvents$({
      sinks: host,
      trainer,
      opening: [runStarted()],
      run: { run: "fake", checkpoints: "", batches: false, live: false, together: 1 },
      settle: () => Promise.resolve(),
      epochs: training.epochs ?? 3,
      signal,
      save: async () => {
        saved.push(sinks[0].events.length);
        await save();
      },
    }).subscribe({
      next: (event) => emitted.push(event),
      error: (cause: Driven["error"]) => {
        error = cause;
        resolve();
      },
      complete: resolve,
    });
  });
  await host.close("finished");
  return { seen: sinks[0].events, sinks, emitted, error, saved };
};

const EPOCHS = ["epoch 1", "epoch 2", "epoch 3"];

test("finished", async () => {
  const { seen, emitted, error } = await drive({});
  expect(seen).toEqual(["runStarted", ...EPOCHS, "runCompleted finished"]);
  expect(emitted.map(brief)).toEqual(seen);
  expect(error).toBeUndefined();
  expect(emitted.at(-1)).toMatchObject({
    epochs: 3,
    train: { cost: 0.25, accuracy: 1 },
    test: { cost: 0.5, accuracy: 0.75 },
    weightsSha256: "ab".repeat(32),
    durationMs: 3,
  });
});

test("the cost is NaN in epoch 2", async () => {
  const failure = { epoch: 2, exitCode: EXIT.diverged, message: "the cost is NaN" };
  const { seen, error, emitted, saved } = await drive({ failure });
  expect(seen).toEqual(["runStarted", "epoch 1", "runCompleted diverged"]);
  expect(error).toMatchObject({ exitCode: 5 });
  expect(emitted.at(-1)).toMatchObject({ message: "the cost is NaN", epochs: 1, durationMs: 1 });
  expect(saved).toEqual([]);
});

test("the trainer fails in another way", async () => {
  const { seen, error } = await drive({ failure: { epoch: 3, exitCode: EXIT.unexpected, message: "the thread died" } });
  expect(seen).toEqual(["runStarted", "epoch 1", "epoch 2", "runCompleted failed"]);
  expect(error).toMatchObject({ exitCode: 1, message: "the thread died" });
});

test("a trainer that fails while a sink is behind: the epochs before it are delivered first", async () => {
  const failure = { epoch: 3, exitCode: EXIT.diverged, message: "the cost is NaN" };
  const { sinks, emitted } = await drive({ failure }, [{ name: "slow", writeMs: 10, delivery: { queue: 1 } }]);
  expect(sinks[1].events).toEqual(["runStarted", "epoch 1", "epoch 2", "runCompleted diverged"]);
  expect(emitted.map(brief)).toEqual(sinks[1].events);
  expect(emitted.at(-1)).toMatchObject({ epochs: 2, durationMs: 2 });
});

test("aborted in epoch 2", async () => {
  const abort = new AbortController();
  const { seen, error, emitted } = await drive({ abort, onSent: (epoch) => (epoch === 1 ? abort.abort() : undefined) });
  expect(seen).toEqual(["runStarted", "epoch 1", "runCompleted aborted"]);
  expect(error).toBeUndefined();
  expect(emitted.at(-1)).toMatchObject({ epochs: 1, weightsSha256: "ab".repeat(32) });
});

test("aborted before the start", async () => {
  const abort = new AbortController();
  abort.abort();
  const { seen, error } = await drive({ abort });
  expect(seen).toEqual(["runStarted", "runCompleted aborted"]);
  expect(error).toBeUndefined();
});

test("one sink throws: it is dropped and reported once, the others see everything", async () => {
  const { seen, sinks, error } = await drive({}, [{ name: "ill", fault: { call: "write", how: "throw", from: 2 } }, { name: "well" }]);
  expect(seen.filter((event) => event !== "sinkFailed ill")).toEqual(["runStarted", ...EPOCHS, "runCompleted finished"]);
  expect(seen.filter((event) => event === "sinkFailed ill")).toHaveLength(1);
  expect(sinks[2].events).toEqual(seen);
  expect(error).toBeUndefined();
});

test("a required sink throws: the run has failed, with exit code 6, and is completed all the same", async () => {
  const { seen, error, emitted, saved } = await drive({ epochs: 50 }, [
    { name: "ledger", fault: { call: "write", how: "throw", from: 2 }, delivery: { required: true } },
  ]);
  expect(seen[0]).toBe("runStarted");
  expect(seen.at(-1)).toBe("runCompleted failed");
  expect(seen.filter((event) => event === "sinkFailed ledger")).toHaveLength(1);
  expect(seen.length).toBeLessThan(10);
  expect(error).toMatchObject({ exitCode: 6, message: expect.stringContaining("ledger") as string });
  expect((emitted.at(-1) as RunCompleted & TrainingEvent).message).toContain("ledger");
  expect(saved).toEqual([]);
});

test("a required sink holds what it can't write until it is flushed: the run has failed before it is said to be finished", async () => {
  const { seen, error } = await drive({}, [{ name: "ledger", fault: { call: "flush", how: "throw" }, delivery: { required: true } }]);
  expect(seen).toEqual(["runStarted", ...EPOCHS, "sinkFailed ledger", "runCompleted failed"]);
  expect(error).toMatchObject({ exitCode: 6 });
});

test("a required sink does not open: nothing is trained", async () => {
  const sent: number[] = [];
  const { seen, error } = await drive({ onSent: (epoch) => sent.push(epoch) }, [
    { name: "ledger", fault: { call: "open", how: "throw" }, delivery: { required: true } },
  ]);
  expect(seen).toEqual(["runStarted", "sinkFailed ledger", "runCompleted failed"]);
  expect(error).toMatchObject({ exitCode: 6 });
  expect(sent).toEqual([]);
});

test("the model can't be stored: the run has failed", async () => {
  const { seen, error } = await drive({}, [], () => Promise.reject(new Error("no space left")));
  expect(seen).toEqual(["runStarted", ...EPOCHS, "runCompleted failed"]);
  expect(error).toMatchObject({ message: "no space left" });
});

test("the model is stored before the run is said to be completed", async () => {
  const { saved } = await drive({});
  expect(saved).toHaveLength(1);
  expect(saved[0]).toBeLessThanOrEqual(4);
});

test("a full queue holds the trainer back: never more than 5 events ahead of a sink with a queue of 4", async () => {
  const slow = new FakeSink({ writeMs: 5, delivery: { queue: 4 } });
  const host = new SinkHost(new Stamper("fake"), [slow.queueOptions]);
  let furthest = 0;
  // runStarted is an event too.
  const onSent = (epoch: number): void => void (furthest = Math.max(furthest, epoch + 1 - slow.events.length));
  const trainer = new FakeTrainer({ epochs: 30, onSent });
  await host.open();
  const { signal } = new AbortController();
  const stream = runEvents$({
    sinks: host,
    trainer,
    opening: [runStarted(30)],
    run: { run: "fake", checkpoints: "", batches: false, live: false, together: 1 },
    settle: () => Promise.resolve(),
    epochs: 30,
    signal,
    save: () => Promise.resolve(),
  });
  const events = await lastValueFrom(stream.pipe(toArray()));
  await host.close("finished");
  expect(events).toHaveLength(32);
  expect(slow.events).toHaveLength(32);
  expect(furthest).toBeGreaterThanOrEqual(4);
  expect(furthest).toBeLessThanOrEqual(5);
});

test("an abort during a slow write does not let runCompleted overtake it", async () => {
  const abort = new AbortController();
  const { sinks } = await drive({ abort, onSent: (epoch) => (epoch === 2 ? abort.abort() : undefined) }, [
    { name: "slow", writeMs: 10, delivery: { queue: 1 } },
  ]);
  expect(sinks[1].events).toEqual(["runStarted", "epoch 1", "epoch 2", "runCompleted aborted"]);
  expect(sinks[1].mostAtOnce).toBe(1);
});
