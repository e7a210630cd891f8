// Every check of a call's operands, in one place; a kernel is reached only through them.
import type { Backend } from "./Backend.ts";
import { Cell } from "./Cell.ts";
import { Indices } from "./Indices.ts";
import { backendOf, type Linalg } from "./Linalg.ts";
import { LinalgError } from "./LinalgError.ts";
import { Matrix } from "./Matrix.ts";
import { shown } from "./values.ts";

type Named<Kind> = Readonly<Record<string, Kind>>;

/** The operands of a call by kind, and by the names that the kernel's page gives them. */
export interface Operands {
  readonly matrices?: Named<Matrix>;
  /** Matrices whose rows need not lie together. */
  readonly blocks?: Named<Matrix>;
  readonly indices?: Named<Indices>;
  readonly cells?: Named<Cell>;
}

const NONE: Named<never> = Object.freeze({});

/**
 * What does a call on these operands. Throws a LinalgError if one is not of its kind or was not made by this package, if they
 * come from two memories, or if a matrix is a block with gaps.
 */
export function checkOperands(operation: string, operands: Operands): Backend {
  const { matrices = NONE, blocks = NONE, indices = NONE, cells = NONE } = operands;
  let linalg: Linalg | undefined;
  for (const name in matrices) {
    const matrix = matrices[name];
    if (!(matrix instanceof Matrix)) throw wrongKind(operation, name, matrix, "a Matrix, made by linalg.matrix()");
    if (!matrix.contiguous) {
      throw new LinalgError(`${operation}: ${name} is a block of a wider matrix, and only gemm takes its rows where they are; copy it`);
    }
    if (matrix.linalg !== (linalg ??= matrix.linalg)) throw otherMemory(operation, name, operands);
  }
  for (const name in blocks) {
    const block = blocks[name];
    if (!(block instanceof Matrix)) throw wrongKind(operation, name, block, "a Matrix, made by linalg.matrix()");
    if (block.linalg !== (linalg ??= block.linalg)) throw otherMemory(operation, name, operands);
  }
  for (const name in indices) {
    const list = indices[name];
    if (!(list instanceof Indices)) throw wrongKind(operation, name, list, "Indices, made by linalg.indices()");
    if (list.linalg !== (linalg ??= list.linalg)) throw otherMemory(operation, name, operands);
  }
  for (const name in cells) {
    const cell = cells[name];
    if (!(cell instanceof Cell)) throw wrongKind(operation, name, cell, "a Cell, made by linalg.cell()");
    if (cell.linalg !== (linalg ??= cell.linalg)) throw otherMemory(operation, name, operands);
  }
  return backendOf(linalg as Linalg);
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
    throw new LinalgError(
      `${operation}: ${nameColumn} is ${column} but ${nameMatrix} is ${matrix}; ${nameColumn} must be ${matrix.rows} × 1`,
    );
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
export function checkIndices(operation: string, name: string, indices: Indices, bound: number, { recorder }: Backend): void {
  if (recorder !== undefined) return;
  const values = indices.data;
  for (let position = 0; position < values.length; position += 1) {
    if (values[position] < 0 || values[position] >= bound) {
      throw new LinalgError(`${operation}: ${name}[${position}] is ${values[position]}; it must be from 0 to ${bound - 1}`);
    }
  }
}

/**
 * Throws a LinalgError if an operand that is written shares memory with another one: what a kernel reads there would depend on
 * the order of its work.
 */
export function checkApart(operation: string, written: Named<Matrix | Indices>, read: Named<Matrix | Indices>): void {
  const names = Object.keys(written);
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index];
    for (const other in read) if (meet(written[name], read[other])) throw sharing(operation, name, other);
    for (let next = index + 1; next < names.length; next += 1) {
      if (meet(written[name], written[names[next]])) throw sharing(operation, name, names[next]);
    }
  }
}

/** Throws a LinalgError if two matrices of the same shape share a part of their memory; they may share all of it. */
export function checkSameOrApart(operation: string, nameX: string, x: Matrix, nameY: string, y: Matrix): void {
  if (x.pointer !== y.pointer && meet(x, y)) throw sharing(operation, nameY, nameX);
}

function otherMemory(operation: string, name: string, { matrices, blocks, indices, cells }: Operands): LinalgError {
  const [first] = Object.keys({ ...matrices, ...blocks, ...indices, ...cells });
  return new LinalgError(`${operation}: ${name} lives in another memory than ${first}; make both from the same createLinalg()`);
}

function wrongKind(operation: string, name: string, operand: unknown, kind: string): LinalgError {
  return new LinalgError(`${operation}: ${name} is ${kindOf(operand)}; it must be ${kind}`);
}

function kindOf(operand: unknown): string {
  if (operand instanceof Matrix) return "a Matrix";
  if (operand instanceof Indices) return "Indices";
  return operand instanceof Cell ? "a Cell" : shown(operand);
}

// An empty one meets nothing, wherever it begins.
function meet(x: Matrix | Indices, y: Matrix | Indices): boolean {
  return x.pointer < y.end && y.pointer < x.end && x.pointer < x.end && y.pointer < y.end;
}

function sharing(operation: string, name: string, other: string): LinalgError {
  return new LinalgError(`${operation}: ${name} shares memory with ${other}; give it memory of its own`);
}
