import type { Compressed } from "./compressed.ts";
import type { Linalg } from "./Linalg.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Pointer } from "./wasm.ts";

/** What a matrix is besides its shape. */
export interface MatrixTraits {
  /** Elements from a row to the next one; the columns by default. */
  readonly stride?: number;
  /** Known only of a matrix that never changes, and only if it is mostly zeros. */
  readonly compressed?: Compressed | undefined;
}

/** A handle on `[rows × columns]` f32 numbers in linalg's memory, row by row; it owns nothing. */
export class Matrix {
  readonly linalg: Linalg;
  readonly pointer: Pointer;
  readonly rows: number;
  readonly columns: number;
  /** Elements from a row to the next one: more than the columns in a block of a larger matrix. */
  readonly stride: number;
  /** Its nonzeros, of a `linalg.constant` that is mostly zeros. */
  readonly compressed: Compressed | undefined;

  /** Made by `linalg.matrix(rows, columns)`. */
  constructor(linalg: Linalg, pointer: Pointer, rows: number, columns: number, traits: MatrixTraits = {}) {
    this.linalg = linalg;
    this.pointer = pointer;
    this.rows = rows;
    this.columns = columns;
    this.stride = traits.stride ?? columns;
    this.compressed = traits.compressed;
  }

  /** The number of elements. */
  get size(): number {
    return this.rows * this.columns;
  }

  /** Whether a row begins where the last one ends: false for a block of a wider matrix. */
  get contiguous(): boolean {
    return this.stride === this.columns || this.rows <= 1;
  }

  /**
   * A live view of the elements: its memory may be given out again after the scope it was made in. Throws a LinalgError for a
   * block of a wider matrix, whose rows don't lie together.
   */
  get data(): Float32Array<SharedArrayBuffer> {
    if (!this.contiguous) throw new LinalgError(`data: this block's rows are ${this.stride} elements apart; read the matrix it is part of`);
    return new Float32Array(this.linalg.buffer, this.pointer, this.size);
  }

  /** The first `count` rows, in the same memory: a smaller batch is a prefix. Throws a LinalgError beyond the last row. */
  firstRows(count: number): Matrix {
    if (count === this.rows) return this;
    if (!Number.isInteger(count) || count < 0 || count > this.rows) {
      throw new LinalgError(`firstRows: ${count} rows of ${this} asked for; ask for 0 to ${this.rows}`);
    }
    return new Matrix(this.linalg, this.pointer, count, this.columns, { stride: this.stride });
  }

  /**
   * The block `[rows × columns]` whose first element is at (row, column), in the same memory; `gemm` takes it as it is.
   * Throws a LinalgError if it reaches beyond the matrix.
   */
  block(row: number, column: number, rows: number, columns: number): Matrix {
    const fits = (start: number, count: number, end: number): boolean =>
      Number.isInteger(start) && Number.isInteger(count) && start >= 0 && count >= 0 && start + count <= end;
    if (!fits(row, rows, this.rows) || !fits(column, columns, this.columns)) {
      throw new LinalgError(`block: ${rows} × ${columns} from (${row}, ${column}) on is not within ${this}`);
    }
    return new Matrix(this.linalg, this.pointer + (row * this.stride + column) * 4, rows, columns, { stride: this.stride });
  }

  /** The shape, as error messages give it: `1000 × 784`. */
  toString(): string {
    return `${this.rows} × ${this.columns}`;
  }
}
