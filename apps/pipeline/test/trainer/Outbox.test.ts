import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { Outbox } from "../../src/trainer/Outbox.ts";
import type { TrainerFact } from "../../src/trainer/protocol.ts";
import { brief, epochCompleted, stamped } from "../facts.ts";

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
});

const warning: TrainerFact = { type: "warningRaised", message: "!" };

// An outbox, what it has sent, and a way to have it told an epoch that took `ms`.
const outboxOf = (together: number): { outbox: Outbox; parcels: string[][]; epoch: (ms: number) => Promise<boolean> } => {
  const parcels: string[][] = [];
  const outbox = new Outbox((facts) => parcels.push(facts.map(({ fact }) => brief(stamped(fact)))), together);
  let number = 0;
  // Whether training may go on.
  const epoch = async (ms: number): Promise<boolean> => {
    vi.advanceTimersByTime(ms);
    let goesOn = false;
    void outbox.tell(epochCompleted((number += 1))).then(() => (goesOn = true));
    await vi.advanceTimersByTimeAsync(0);
    return goesOn;
  };
  return { outbox, parcels, epoch };
};

test("epochs that come fast travel together for a tenth of a second; a slow one at once", async () => {
  const { outbox, parcels, epoch } = outboxOf(100);
  for (const ms of [30, 30, 30, 40, 99, 1, 500]) {
    await epoch(ms);
    outbox.credit();
  }
  expect(parcels).toEqual([["epoch 1"], ["epoch 2", "epoch 3", "epoch 4"], ["epoch 5", "epoch 6"], ["epoch 7"]]);
});

test("an epoch that took long waits for none, since the next may take as long", async () => {
  const { outbox, parcels } = outboxOf(100);
  for (const [epoch, durationMs] of [30, 100, 99].entries()) {
    await outbox.tell({ ...epochCompleted(epoch + 1), durationMs });
    outbox.credit();
  }
  expect(parcels).toEqual([["epoch 1"], ["epoch 2"]]);
});

test("no more than so many travel together", async () => {
  const { outbox, parcels, epoch } = outboxOf(3);
  for (let count = 0; count < 8; count += 1) {
    await epoch(1);
    outbox.credit();
  }
  expect(parcels).toEqual([["epoch 1"], ["epoch 2", "epoch 3", "epoch 4"], ["epoch 5", "epoch 6", "epoch 7"]]);
});

test("what is rare is sent at once, behind what was held", async () => {
  const { outbox, parcels, epoch } = outboxOf(100);
  await epoch(1);
  outbox.credit();
  await epoch(1);
  await outbox.tell(warning);
  expect(parcels).toEqual([["epoch 1"], ["epoch 2", "warningRaised"]]);
});

test("a host that is behind holds training back: it has one parcel, and the next is ready", async () => {
  const { outbox, parcels, epoch } = outboxOf(2);
  expect([await epoch(1), await epoch(1), await epoch(1)]).toEqual([true, true, false]);
  expect(parcels).toEqual([["epoch 1"]]);
  outbox.credit();
  await vi.advanceTimersByTimeAsync(0);
  expect(parcels).toEqual([["epoch 1"], ["epoch 2", "epoch 3"]]);
});

test("where facts don't travel together, training waits until each is queued", async () => {
  const { outbox, parcels, epoch } = outboxOf(1);
  expect(await epoch(1)).toBe(false);
  expect(parcels).toEqual([["epoch 1"]]);
  outbox.credit();
  expect(await epoch(1)).toBe(false);
  expect(parcels).toEqual([["epoch 1"], ["epoch 2"]]);
});

test("all is delivered when the host has queued it", async () => {
  const { outbox, parcels, epoch } = outboxOf(100);
  await epoch(1);
  await epoch(1);
  let delivered = false;
  void outbox.delivered().then(() => (delivered = true));
  outbox.credit();
  await vi.advanceTimersByTimeAsync(0);
  expect([parcels, delivered]).toEqual([[["epoch 1"], ["epoch 2"]], false]);
  outbox.credit();
  await vi.advanceTimersByTimeAsync(0);
  expect(delivered).toBe(true);
});

test("each fact has the time when it came about", async () => {
  const start = Date.now();
  const times: number[] = [];
  const outbox = new Outbox((facts) => times.push(...facts.map(({ at }) => at - start)), 100);
  for (let count = 1; count <= 4; count += 1) {
    vi.advanceTimersByTime(40);
    void outbox.tell(epochCompleted(count));
    outbox.credit();
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(times).toEqual([40, 80, 120, 160]);
});
