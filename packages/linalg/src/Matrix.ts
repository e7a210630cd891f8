import type { Pointer } from "./wasm.ts";
import type { Linalg } from "./Linalg.ts";
import { LinalgError } from "./LinalgError.ts";

/** A handle on `[rows × columns]` f32 numbers in linalg's memory, row by row; it owns nothing. */
export class Matrix {
  readonly linalg: Linalg;
  readonly pointer: Pointer;
  readonly rows: number;
  readonly columns: number;

  /** Made by `linalg.matrix(rows, columns)`. */
  constructor(linalg: Linalg, pointer: Pointer, rows: number, columns: number) {
    this.linalg = linalg;
    this.pointer = pointer;
    this.rows = rows;
    this.columns = columns;
  }

  /** The number of elements. */
  get size(): number {
    return this.rows * this.columns;
  }

  /** A live view of the elements: its memory may be given out again after the scope it was made in. */
  get data(): Float32Array<SharedArrayBuffer> {
    return new Float32Array(this.linalg.buffer, this.pointer, this.size);
  }

  /** The first `count` rows, in the same memory: a smaller batch is a prefix. Throws a LinalgError beyond the last row. */
  firstRows(count: number): Matrix {
    if (count === this.rows) return this;
    if (!Number.isInteger(count) || count < 0 || count > this.rows) {
      throw new LinalgError(`firstRows: ${count} rows of ${this} asked for; ask for 0 to ${this.rows}`);
    }
    return new Matrix(this.linalg, this.pointer, count, this.columns);
  }

  /** The shape, as error messages give it: `1000 × 784`. */
  toString(): string {
    return `${this.rows} × ${this.columns}`;
  }
}
