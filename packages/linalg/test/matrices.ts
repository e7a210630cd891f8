// Random matrices as arrays of rows, and how far apart two may be.
import { randomValues } from "./randomValues.ts";
import type { Linalg, Matrix } from "../src/index.ts";

/** A matrix of small f32 numbers that repeats for the same seed. */
export function randomRows(rows: number, columns: number, seed: number): number[][] {
  const next = randomValues(seed);
  return Array.from({ length: rows }, () => Array.from({ length: columns }, next));
}

/** The rows as a matrix in linalg's memory. */
export function toMatrix(linalg: Linalg, rows: number[][], columns: number): Matrix {
  return linalg.matrix(rows.length, columns, rows.flat());
}

/** The matrix as an array of rows. */
export function toRows(matrix: Matrix): number[][] {
  const { data } = matrix;
  return Array.from({ length: matrix.rows }, (_, i) => Array.from(data.subarray(i * matrix.columns, (i + 1) * matrix.columns)));
}

/** The greatest difference of two matrices, relative to the greatest magnitude of the second, or to `least` if that is more; NaN where one of them holds it. */
export function relativeError(actual: number[][], expected: number[][], least: number = Number.MIN_VALUE): number {
  let [greatest, scale] = [0, least];
  expected.forEach((row, i) =>
    row.forEach((value, j) => {
      greatest = Math.max(greatest, Math.abs(actual[i][j] - value));
      scale = Math.max(scale, Math.abs(value));
    }),
  );
  return greatest / scale;
}
