// Operands for a call that is watched: between and behind them lie canary words, and what a call may not write is
// compared, word for word, with what was there before.
import type { Cell, Indices, Linalg, Matrix } from "../../src/index.ts";

/** As an f32 about −1.6 million: no kernel leaves it as it is (arithmetic would leave a NaN), and a sum that takes it in shows it. */
const CANARY = 0xc9c0ffee;
/** Words of a guard; an allocation starts on a cache line, so up to 15 more lie before it. */
const GUARD = 16;

type Operand = Matrix | Indices | Cell;

/** The operands of one call in a scope of their own, and a copy of all that lies between the first and the last guard. */
export class Guarded {
  readonly #linalg: Linalg;
  readonly #scope: Disposable;
  readonly #start: number;
  #end: number;
  #before = new Uint32Array();

  constructor(linalg: Linalg) {
    this.#linalg = linalg;
    this.#scope = linalg.scope();
    this.#start = this.#end = linalg.matrix(0, 0).pointer;
    this.#guard(this.#start);
  }

  /** The first `rows` rows of a matrix that has `spare` more, which are canaries. */
  matrix(rows: number, columns: number, next: () => number, spare = 0): Matrix {
    const matrix = this.#linalg.matrix(rows + spare, columns).firstRows(rows);
    const { data } = matrix;
    for (let index = 0; index < data.length; index += 1) data[index] = next();
    this.#guard(matrix.pointer + matrix.size * 4);
    return matrix;
  }

  /** A block in the middle of a larger matrix, whose other elements are canaries: `margin` rows and columns on each side. */
  block(rows: number, columns: number, next: () => number, margin: number): Matrix {
    const whole = this.#linalg.matrix(rows + 2 * margin, columns + 2 * margin);
    this.#words(whole.pointer, whole.end).fill(CANARY);
    const block = whole.block(margin, margin, rows, columns);
    for (const { data } of rowsOf(block)) for (let index = 0; index < columns; index += 1) data[index] = next();
    this.#guard(whole.end);
    return block;
  }

  /** A matrix that never changes. What linalg keeps of its nonzeros lies behind it and is watched with it. */
  constant(rows: number, columns: number, next: () => number): Matrix {
    const constant = this.#linalg.constant(rows, columns, Array.from({ length: rows * columns }, next));
    this.#guard(this.#linalg.matrix(0, 0).pointer);
    return constant;
  }

  /** `length` indices from the `start`-th of a longer list on, whose others are canaries. */
  indices(length: number, next: () => number, start = 0): Indices {
    const whole = this.#linalg.indices(start + length);
    whole.data.fill(CANARY);
    const indices = whole.slice(start, length);
    const { data } = indices;
    for (let index = 0; index < length; index += 1) data[index] = next();
    this.#guard(indices.pointer + length * 4);
    return indices;
  }

  /** A cell that holds `value`. */
  cell(value: number): Cell {
    const cell = this.#linalg.cell(value);
    this.#guard(cell.pointer + 8);
    return cell;
  }

  /** Remembers every word; to be called when the operands hold their values. */
  seal(): void {
    this.#before = this.#words(this.#start, this.#end).slice();
  }

  /** The first address that was written since {@link seal} though it belongs to none of `outputs`. */
  firstBroken(outputs: readonly Operand[]): number | undefined {
    const before = this.#before.slice();
    const now = this.#words(this.#start, this.#end);
    for (const output of outputs) {
      for (const [start, end] of rangesOf(output)) {
        const first = (start - this.#start) / 4;
        before.set(now.subarray(first, (end - this.#start) / 4), first);
      }
    }
    for (let word = 0; word < now.length; word += 1) if (now[word] !== before[word]) return this.#start + word * 4;
    return undefined;
  }

  /** Gives the memory back. */
  [Symbol.dispose](): void {
    this.#scope[Symbol.dispose]();
  }

  // Lays a guard behind what was allocated last; all from `from` to its end becomes canaries.
  #guard(from: number): void {
    const guard = this.#linalg.matrix(1, GUARD);
    this.#end = guard.pointer + guard.size * 4;
    this.#words(from, this.#end).fill(CANARY);
  }

  #words(start: number, end: number): Uint32Array {
    return new Uint32Array(this.#linalg.buffer, start, (end - start) / 4);
  }
}

/** Each row of a matrix, or of a block of a wider one, as a matrix of its own. */
export function rowsOf(matrix: Matrix): Matrix[] {
  return Array.from({ length: matrix.rows }, (_, row) => matrix.block(row, 0, 1, matrix.columns));
}

// The addresses that belong to an operand.
function rangesOf(operand: Operand): (readonly [start: number, end: number])[] {
  if ("columns" in operand) return rowsOf(operand).map(({ pointer, end }) => [pointer, end]);
  return [[operand.pointer, "length" in operand ? operand.end : operand.pointer + 8]];
}
