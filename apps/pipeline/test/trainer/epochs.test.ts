import type { EpochCompleted } from "@downhill/sinks";
import { lastValueFrom, toArray } from "rxjs";
import { expect, test } from "vitest";
import { epochs$ } from "../../src/trainer/epochs.ts";
import type { TrainerFact } from "../../src/trainer/protocol.ts";
import type { Trainer } from "../../src/trainer/Trainer.ts";
import { epochCompleted } from "../facts.ts";

// A trainer that writes down when each epoch begins; from `ends` on an epoch is cut short.
const trainerWith = (log: string[], ends = Infinity): Trainer => {
  let epochs = 0;
  return {
    get epochs() {
      return epochs;
    },
    stoppedEarly: false,
    async *epoch(signal: { aborted: boolean }) {
      log.push(`train ${epochs + 1}`);
      await Promise.resolve();
      if (epochs + 1 >= ends) signal.aborted = true;
      else yield epochCompleted((epochs += 1));
    },
  } as Partial<Trainer> as Trainer;
};

const run = async (
  trainer: Trainer,
  signal: { aborted: boolean },
  send: (fact: EpochCompleted) => Promise<void>,
): Promise<EpochCompleted[]> => {
  const receiver = { tell: (fact: TrainerFact) => send(fact as EpochCompleted), send: () => Promise.resolve() };
  const facts = await lastValueFrom(epochs$(trainer, { count: 4, signal }, receiver).pipe(toArray()));
  return facts as EpochCompleted[];
};

test("an epoch begins when the event of the one before has been taken", async () => {
  const log: string[] = [];
  const epochs = await run(trainerWith(log), { aborted: false }, async ({ epoch }) => {
    await new Promise((resolve) => setTimeout(resolve, 2));
    log.push(`sent ${epoch}`);
  });
  expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
  expect(log).toEqual([1, 2, 3, 4].flatMap((epoch) => [`train ${epoch}`, `sent ${epoch}`]));
});

test("an abort between epochs trains none more", async () => {
  const log: string[] = [];
  const signal = { aborted: false };
  const epochs = await run(trainerWith(log), signal, ({ epoch }) => {
    signal.aborted = epoch === 2;
    return Promise.resolve();
  });
  expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
  expect(log).toEqual(["train 1", "train 2"]);
});

test("an epoch that was cut short is no event, and the last", async () => {
  const log: string[] = [];
  const sent: number[] = [];
  const epochs = await run(trainerWith(log, 3), { aborted: false }, ({ epoch }) => Promise.resolve(void sent.push(epoch)));
  expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
  expect(sent).toEqual([1, 2]);
  expect(log).toEqual(["train 1", "train 2", "train 3"]);
});

test("an abort before the start trains nothing", async () => {
  const log: string[] = [];
  expect(await run(trainerWith(log), { aborted: true }, () => Promise.resolve())).toEqual([]);
  expect(log).toEqual([]);
});
