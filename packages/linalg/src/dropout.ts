// Dropout, and the product element by element that is its gradient.
import type { Cell } from "./Cell.ts";
import { checkApart, checkOperands, checkSameOrApart, checkSameShape } from "./checks.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Matrix } from "./Matrix.ts";
import { checkNumber, checkOptions, shown } from "./values.ts";

/** Where a dropout's random numbers come from: draw number `position` and on of Threefry-2x32's stream of `key`. */
export interface DropoutDraws {
  /** Two unsigned 32-bit words. */
  readonly key: readonly [number, number];
  /** A multiple of 8; it moves behind the draws that were made. */
  readonly position: Cell;
  /** Share of the elements that are dropped, from 0 to less than 1. */
  readonly rate: number;
}

/** Draws that are made together. */
const TOGETHER = 8;

/**
 * y = x ∘ factors, each factor 0 with probability `rate`, else 1 / (1 − rate): element i is dropped if draw position + i is below
 * rate · 2³². y may be x. Throws a LinalgError on unequal shapes, shared memory or a position that is no multiple of 8.
 */
export function dropout(x: Matrix, y: Matrix, factors: Matrix, draws: DropoutDraws): void {
  checkOptions("dropout: draws", draws);
  const { key, position, rate } = draws;
  const { kernels, recorder } = checkOperands("dropout", { matrices: { x, y, factors }, cells: { position } });
  checkNumber("dropout: rate", rate);
  if (!(rate >= 0 && rate < 1)) throw new LinalgError(`dropout: rate is ${rate}; it must be from 0 to less than 1`);
  if (!Array.isArray(key) || key.length !== 2 || !key.every((word: unknown) => Number.isInteger(word) && word === (word as number) >>> 0))
    throw new LinalgError(`dropout: key is ${shown(key)}; it must be two unsigned 32-bit words`);
  checkSameShape("dropout", "x", x, "y", y);
  checkSameShape("dropout", "x", x, "factors", factors);
  checkSameOrApart("dropout", "x", x, "y", y);
  checkApart("dropout", { factors }, { x, y });
  if (recorder === undefined && !(Number.isSafeInteger(position.value) && position.value >= 0 && position.value % TOGETHER === 0))
    throw new LinalgError(`dropout: position is ${position.value}; it must be a multiple of ${TOGETHER} from 0 on`);
  const numbers = { key: [key[0], key[1]] as const, threshold: Math.floor(rate * 2 ** 32), scale: 1 / (1 - rate) };
  kernels.dropout(x.size, numbers, position.pointer, x.pointer, y.pointer, factors.pointer);
}

/** z = x ∘ y, element by element; z may be one of them. Throws a LinalgError on unequal shapes. */
export function multiply(x: Matrix, y: Matrix, z: Matrix): void {
  const { kernels } = checkOperands("multiply", { matrices: { x, y, z } });
  checkSameShape("multiply", "x", x, "y", y);
  checkSameShape("multiply", "x", x, "z", z);
  checkSameOrApart("multiply", "x", x, "z", z);
  checkSameOrApart("multiply", "y", y, "z", z);
  kernels.multiply(x.size, x.pointer, y.pointer, z.pointer);
}
