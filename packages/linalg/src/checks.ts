// Every check of a call's operands, in one place; a kernel is reached only through them.
import type { Cell } from "./Cell.ts";
import type { Indices } from "./Indices.ts";
import type { Linalg } from "./Linalg.ts";
import { LinalgError } from "./LinalgError.ts";
import { Matrix } from "./Matrix.ts";

/** Operands by the names that the kernel's page gives them. */
export type Operands = Readonly<Record<string, Matrix | Indices | Cell>>;

/** The one memory that all operands live in. Throws a LinalgError if they come from two. */
export function sameLinalg(operation: string, operands: Operands): Linalg {
  const names = Object.keys(operands);
  const { linalg } = operands[names[0]];
  for (const name of names) {
    if (operands[name].linalg !== linalg) {
      throw new LinalgError(`${operation}: ${name} lives in another memory than ${names[0]}; make both from the same createLinalg()`);
    }
  }
  return linalg;
}

/** The one memory that all operands live in. Throws a LinalgError if they come from two, or if one is a block with gaps. */
export function sharedLinalg(operation: string, operands: Operands): Linalg {
  for (const [name, operand] of Object.entries(operands)) {
    if (operand instanceof Matrix && !operand.contiguous) {
      throw new LinalgError(`${operation}: ${name} is a block of a wider matrix, and only gemm takes its rows where they are; copy it`);
    }
  }
  return sameLinalg(operation, operands);
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

/** Throws a LinalgError unless `column` holds one number for each row of `matrix`. */
export function checkColumn(operation: string, nameColumn: string, column: Matrix, nameMatrix: string, matrix: Matrix): void {
  if (column.columns !== 1 || column.rows !== matrix.rows) {
    throw new LinalgError(`${operation}: ${nameColumn} is ${column} but ${nameMatrix} is ${matrix}; ${nameColumn} must be ${matrix.rows} × 1`);
  }
}

/** Throws a LinalgError unless there is one index for each of `count` things. */
export function checkLength(operation: string, name: string, indices: Indices, count: number, what: string): void {
  if (indices.length !== count) {
    throw new LinalgError(`${operation}: ${name} holds ${indices.length} indices but ${what} ${count}; give one for each`);
  }
}

/**
 * Throws a LinalgError unless every index is in [0, bound): an index out of range would read or write outside its matrix.
 * In a captured step they are checked by the kernel at each replay instead.
 */
export function checkIndices(operation: string, name: string, indices: Indices, bound: number): void {
  if (indices.linalg.recorder !== undefined) return;
  const values = indices.data;
  for (let position = 0; position < values.length; position += 1) {
    if (values[position] < 0 || values[position] >= bound) {
      throw new LinalgError(`${operation}: ${name}[${position}] is ${values[position]}; it must be from 0 to ${bound - 1}`);
    }
  }
}
