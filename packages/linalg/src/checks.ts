// Every check of a call's operands, in one place; a kernel is reached only through them.
import type { Cell } from "./Cell.ts";
import type { Indices } from "./Indices.ts";
import type { Linalg } from "./Linalg.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Matrix } from "./Matrix.ts";

/** Operands by the names that the kernel's page gives them. */
export type Operands = Readonly<Record<string, Matrix | Indices | Cell>>;

/** The one memory that all operands live in. Throws a LinalgError if they come from two. */
export function sharedLinalg(operation: string, operands: Operands): Linalg {
  const names = Object.keys(operands);
  const { linalg } = operands[names[0]];
  for (const name of names) {
    if (operands[name].linalg !== linalg) {
      throw new LinalgError(`${operation}: ${name} lives in another memory than ${names[0]}; make both from the same createLinalg()`);
    }
  }
  return linalg;
}

/** Throws a LinalgError unless both matrices have the same shape. */
export function checkSameShape(operation: string, nameX: string, x: Matrix, nameY: string, y: Matrix): void {
  if (x.rows !== y.rows || x.columns !== y.columns) {
    throw new LinalgError(`${operation}: ${nameX} is ${x} but ${nameY} is ${y}; give both the same shape`);
  }
}

/** Throws a LinalgError unless `row` is a single row as wide as `matrix`. */
export function checkRow(operation: string, nameRow: string, row: Matrix, nameMatrix: string, matrix: Matrix): void {
  if (row.rows !== 1 || row.columns !== matrix.columns) {
    throw new LinalgError(`${operation}: ${nameRow} is ${row} but ${nameMatrix} is ${matrix}; ${nameRow} must be 1 × ${matrix.columns}`);
  }
}

/** Throws a LinalgError unless there is one index for each of `count` things. */
export function checkLength(operation: string, name: string, indices: Indices, count: number, what: string): void {
  if (indices.length !== count) {
    throw new LinalgError(`${operation}: ${name} holds ${indices.length} indices but ${what} ${count}; give one for each`);
  }
}

/** Throws a LinalgError unless every index is in [0, bound): an index out of range would read or write outside its matrix. */
export function checkIndices(operation: string, name: string, indices: Indices, bound: number): void {
  const values = indices.data;
  for (let position = 0; position < values.length; position += 1) {
    if (values[position] < 0 || values[position] >= bound) {
      throw new LinalgError(`${operation}: ${name}[${position}] is ${values[position]}; it must be from 0 to ${bound - 1}`);
    }
  }
}
