// What a program that trains on mini-batches answers, and whether it can have trained.
import { BenchError, EXIT } from "../BenchError.ts";

/** A turn: many batches, in a new random order. */
export interface MinibatchReply {
  /** Images trained on. */
  readonly samples: number;
  readonly milliseconds: number;
  /** Mean loss of the images, each before its batch's update. */
  readonly cost: number;
}

/** Images until there is something to check: 400 batches. */
export const CHECKED_SAMPLES = 25_600;
/** After so many images every program has come below it; at first the cost is 2.3 or more. */
const COST = 0.5;

/** Checks the turns of a program, the last of which should show that it has learned. Throws a BenchError. */
export function checkTurns(who: string, turns: readonly MinibatchReply[]): void {
  const samples = turns.reduce((sum, turn) => sum + turn.samples, 0);
  if (samples < CHECKED_SAMPLES) throw new BenchError(EXIT.failed, `${who} trained on ${samples} images, too few to check what it did`);
  const [first, last] = [turns[0].cost, turns[turns.length - 1].cost];
  // Written so that NaN fails.
  if (last > 0 && last < COST && last < first) return;
  throw new BenchError(
    EXIT.failed,
    `${who} does not learn: its cost is ${first} in its first turn and ${last} after ${samples} images. No ratio is given.`,
  );
}
