// A step that is made twice: in one memory call by call, in another as a program that threads replay.
import { expect } from "vitest";
import type { Indices, Linalg, Matrix, Program } from "../../src/index.ts";
import { randomValues } from "../randomValues.ts";

/** A step, and what it works on. */
export interface Scene {
  step(): void;
  readonly results: readonly (Matrix | Indices)[];
}

/** Replays the scene in `team`, `times` times, and requires the bits that its calls leave in `alone`. Returns what was captured. */
export function replayed(alone: Linalg, team: Linalg, make: (linalg: Linalg) => Scene, times = 2): Program["summary"] {
  const [expected, found] = [make(alone), make(team)];
  for (let time = 0; time < times; time += 1) expected.step();
  const program = team.capture(() => found.step());
  program.run(times);
  expect(found.results.map(({ data }, index) => firstDifference(data, expected.results[index].data))).toEqual(found.results.map(() => -1));
  return program.summary;
}

/** The index of the first number that is another one; −1 if all are the same. */
export function firstDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  for (let index = 0; index < found.length; index += 1) if (!Object.is(found[index], expected[index])) return index;
  return -1;
}

/** A matrix of numbers in (−1, 1). */
export function filled(linalg: Linalg, rows: number, columns: number, seed: number): Matrix {
  return linalg.matrix(rows, columns, Array.from({ length: rows * columns }, randomValues(seed)));
}

/** A constant of which a third is not zero. */
export function sparseConstant(linalg: Linalg, rows: number, columns: number): Matrix {
  const next = randomValues(9);
  const values = Array.from({ length: rows * columns }, () => (next() < 1 / 3 ? 0 : next()));
  return linalg.constant(rows, columns, values);
}

/** `length` row numbers below `bound`, out of order and some more than once. */
export function shuffled(linalg: Linalg, length: number, bound: number, step = 7): Indices {
  return linalg.indices(
    length,
    Array.from({ length }, (_, index) => (index * step) % bound),
  );
}
