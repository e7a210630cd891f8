// A schedule gives the learning rate of an epoch, as a factor of the optimizer's own: set before the epoch, it holds for all of its
// batches, so that a pass can be replayed without asking anyone.
import { NnError } from "../NnError.ts";

/** What a schedule has learnt so far, as plain JSON; null if it has nothing to learn. */
export type ScheduleState = PlateauState | null;

/** What {@link plateau} has learnt. */
export interface PlateauState {
  /** The lowest cost so far; null before the first. */
  readonly best: number | null;
  /** Epochs since then, or since the last reduction. */
  readonly waited: number;
  readonly factor: number;
}

/** How the learning rate goes on from epoch to epoch. */
export interface Schedule {
  /** What the learning rate is multiplied by in `epoch`, counted from 1. */
  factor(epoch: number): number;
  /** Takes in the cost after an epoch: of validation if there is one, else of training. */
  observe(epoch: number, cost: number): void;
  /** With the epoch, all that the next factor depends on. Setting it goes on from there. */
  state: ScheduleState;
}

/** A schedule that depends on the epoch alone. */
export function fixed(factor: (epoch: number) => number): Schedule {
  return { factor, observe: () => undefined, state: null };
}

/** base to the power of a whole number, by multiplications: the same bits everywhere. */
export function power(base: number, exponent: number): number {
  let result = 1;
  for (let square = base, rest = exponent; rest > 0; square *= square, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
  }
  return result;
}

/** Throws an NnError unless `epochs` is a whole number of at least 1. */
export function checkEpochs(schedule: string, option: string, epochs: number): void {
  if (!Number.isSafeInteger(epochs) || epochs < 1)
    throw new NnError(`${schedule}: ${option} is ${epochs}; it must be a whole number of at least 1`);
}

/** Throws an NnError unless `value` is from 0 to 1. */
export function checkShare(schedule: string, option: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new NnError(`${schedule}: ${option} is ${value}; it must be from 0 to 1`);
}
