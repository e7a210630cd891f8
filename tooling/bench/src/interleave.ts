// Rounds in which every contestant has its turn: what disturbs the machine for a while disturbs all of them, and a
// ratio within one round is nearly free of it.
import { setTimeout as sleep } from "node:timers/promises";

/** OpenBLAS's threads spin for 100 ms after their last product, on cores that the next one needs. */
const PAUSE_MS = 250;

/** How contestants take turns. */
export interface TurnOptions<Contestant> {
  readonly rounds: number;
  /** Lets the contestant work and resolves with the figure of its turn. */
  readonly turn: (contestant: Contestant) => Promise<number>;
  /** Between two turns; by default long enough for threads to go to sleep. */
  readonly pauseMs?: number;
  /** Told after each round, counted from 1, with its figures in the contestants' order. */
  readonly afterRound?: (round: number, figures: readonly number[]) => void;
}

/**
 * The figures of every contestant, round by round, in the contestants' order. Each round starts with another contestant,
 * so that none always follows the same one.
 */
export async function interleave<Contestant>(
  contestants: readonly Contestant[],
  { rounds, turn, pauseMs = PAUSE_MS, afterRound }: TurnOptions<Contestant>,
): Promise<number[][]> {
  const figures: number[][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < contestants.length; place += 1) {
      const index = (round + place) % contestants.length;
      await sleep(pauseMs);
      figures[index].push(await turn(contestants[index]));
    }
    afterRound?.(
      round + 1,
      figures.map((own) => own[round]),
    );
  }
  return figures;
}
