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
      const first = (output.pointer - this.#start) / 4;
      before.set(now.subarray(first, first + wordsOf(output)), first);
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

function wordsOf(operand: Operand): number {
  if ("columns" in operand) return operand.size;
  return "length" in operand ? operand.length : 2;
}
