// The operands of random steps: a few matrices of few shapes, views of them, indices and cells, in one stretch of memory that
// looks the same in every Linalg. Shapes are such that some calls are shared by threads and some are one thread's.
import type { Cell, Indices, Linalg, Matrix } from "../../src/index.ts";
import { randomValues } from "../randomValues.ts";

/** Rows of a batch. */
export const SAMPLES = 136;
/** More than one block of depth; times the units, enough for any call to be shared. */
const INPUTS = 452;
const UNITS = 40;
/** Few enough for a thin product. */
export const CLASSES = 10;

/** The moments of one parameter, which nothing else writes. */
export interface Moments {
  readonly m: Matrix;
  readonly v: Matrix;
}

/** Operands by name, at the same places in the memory of every Linalg; their first values are the same too. */
export class World {
  readonly linalg: Linalg;
  /** Mostly zeros, never written. */
  readonly constant: Matrix;
  /** Everything else, views of the same memory and blocks with gaps among it. */
  readonly matrices: Readonly<Record<string, Matrix>>;
  readonly moments: readonly Moments[];
  /** Lists of row numbers below {@link SAMPLES}. */
  readonly rows: Readonly<Record<string, Indices>>;
  /** Lists of classes. */
  readonly classes: Readonly<Record<string, Indices>>;
  /** Row numbers for many batches, and the place in them. */
  readonly order: Indices;
  readonly position: Cell;
  readonly powers: readonly Cell[];
  readonly sums: readonly Cell[];
  readonly #start: number;
  readonly #first: Int32Array;

  constructor(linalg: Linalg) {
    this.linalg = linalg;
    const next = randomValues(1);
    const values = (count: number, share = 1): number[] => Array.from({ length: count }, () => (Math.abs(next()) < share ? next() : 0));
    const filled = (rows: number, columns: number): Matrix => linalg.matrix(rows, columns, values(rows * columns));
    const indices = (length: number, bound: number): Indices =>
      linalg.indices(
        length,
        values(length).map((value) => Math.floor(((value + 1) / 2) * bound)),
      );
    this.constant = linalg.constant(SAMPLES, INPUTS, values(SAMPLES * INPUTS, 0.3));
    this.#start = linalg.matrix(0, 0).pointer;
    const gathered = filled(SAMPLES, INPUTS);
    const tall = filled(SAMPLES + 8, SAMPLES);
    const square = [filled(SAMPLES, SAMPLES), filled(SAMPLES, SAMPLES)];
    const hidden = [filled(SAMPLES, UNITS), filled(SAMPLES, UNITS), filled(SAMPLES, UNITS)];
    const units = [filled(UNITS, UNITS), filled(UNITS, UNITS)];
    const outputs = [filled(SAMPLES, CLASSES), filled(SAMPLES, CLASSES)];
    this.matrices = {
      gathered,
      gatheredTop: gathered.firstRows(UNITS),
      gatheredBlock: gathered.block(0, 0, SAMPLES, UNITS),
      gatheredEnd: gathered.block(UNITS, 0, UNITS, INPUTS),
      weights: filled(INPUTS, UNITS),
      weightsGradient: filled(INPUTS, UNITS),
      // Two squares of rows, one eight rows below the other.
      upper: tall.block(0, 0, SAMPLES, SAMPLES),
      lower: tall.block(8, 0, SAMPLES, SAMPLES),
      tallBlock: tall.block(3, 5, SAMPLES, UNITS),
      square: square[0],
      square2: square[1],
      squareTop: square[0].firstRows(UNITS),
      squareBlock: square[0].block(16, 32, UNITS, UNITS),
      squareSide: square[1].block(0, SAMPLES - UNITS, SAMPLES, UNITS),
      hidden: hidden[0],
      hidden2: hidden[1],
      hidden3: hidden[2],
      hiddenTop: hidden[0].firstRows(UNITS),
      units: units[0],
      units2: units[1],
      wide: filled(UNITS, SAMPLES),
      outputs: outputs[0],
      outputs2: outputs[1],
      outputWeights: filled(UNITS, CLASSES),
      outputWeightsGradient: filled(UNITS, CLASSES),
      // Rows of their own, and rows of other matrices.
      row: filled(1, SAMPLES),
      hiddenRow: filled(1, UNITS),
      outputRow: filled(1, CLASSES),
      squareLastRow: square[0].block(SAMPLES - 1, 0, 1, SAMPLES),
      upperRow: tall.block(SAMPLES - 1, 0, 1, SAMPLES),
      hiddenFirstRow: hidden[1].block(0, 0, 1, UNITS),
      hiddenLastRow: hidden[2].block(SAMPLES - 1, 0, 1, UNITS),
      unitsRow: units[1].block(UNITS - 1, 0, 1, UNITS),
      losses: filled(SAMPLES, 1),
      unitLosses: filled(UNITS, 1),
    };
    this.moments = [
      [INPUTS, UNITS],
      [UNITS, UNITS],
      [UNITS, CLASSES],
      [1, UNITS],
    ].map(([rows, columns]) => ({ m: filled(rows, columns), v: linalg.matrix(rows, columns) }));
    this.rows = { batch: indices(SAMPLES, SAMPLES), batch2: indices(SAMPLES, SAMPLES), small: indices(UNITS, SAMPLES) };
    this.classes = { labels: indices(SAMPLES, CLASSES), predicted: indices(SAMPLES, CLASSES), few: indices(UNITS, CLASSES) };
    this.order = indices(SAMPLES * 60, SAMPLES);
    this.position = linalg.cell(0);
    this.powers = [linalg.cell(0.9), linalg.cell(-0.2)];
    this.sums = [linalg.cell(0), linalg.cell(0)];
    this.#first = this.words().slice();
  }

  /** All of the memory, as words. */
  words(): Int32Array {
    const end = this.sums[this.sums.length - 1].pointer + 8;
    return new Int32Array(this.linalg.buffer, this.#start, (end - this.#start) / 4);
  }

  /** Makes everything what it was at first. */
  reset(): void {
    this.words().set(this.#first);
  }

  /** What stands at the word number `index`, for messages. */
  nameAt(index: number): string {
    const at = this.#start + index * 4;
    const named = { constant: this.constant, ...this.matrices, ...this.rows, ...this.classes };
    const holds = (operand: Matrix | Indices): boolean => at >= operand.pointer && at < endOf(operand);
    return Object.keys(named).find((name) => holds(named[name as keyof typeof named])) ?? "a cell, moments or gaps";
  }
}

/** The address behind the last element. */
export function endOf(operand: Matrix | Indices): number {
  const elements = "length" in operand ? operand.length : (operand.rows - 1) * operand.stride + operand.columns;
  return operand.pointer + elements * 4;
}
