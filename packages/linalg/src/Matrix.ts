import type { Compressed } from "./compressed.ts";
import type { Linalg } from "./Linalg.ts";
import { LinalgError } from "./LinalgError.ts";
import { checkMaker, MAKER } from "./maker.ts";
import { checkCount, isWithin, shown } from "./values.ts";
import type { Pointer } from "./wasm.ts";

/** What a matrix is besides its shape. */
export interface MatrixTraits {
  /** Elements from a row to the next one; the columns by default. */
  readonly stride?: number;
  /** Known only of a matrix that never changes, and only if it is mostly zeros. */
  readonly compressed?: Compressed | undefined;
}

/** A handle on `[rows × columns]` f32 numbers in linalg's memory, row by row; it owns nothing. Made by `linalg.matrix(rows, columns)`. */
export class Matrix {
  readonly linalg: Linalg;
  readonly pointer: Pointer;
  /** The address behind the last element. */
  readonly end: Pointer;
  readonly rows: number;
  readonly columns: number;
  /** The number of elements. */
  readonly size: number;
  /** Elements from a row to the next one: more than the columns in a block of a larger matrix. */
  readonly stride: number;
  /** Whether a row begins where the last one ends: false for a block of a wider matrix. */
  readonly contiguous: boolean;
  /** Its nonzeros, of a `linalg.constant` that is mostly zeros. */
  readonly compressed: Compressed | undefined;

  /** For the package alone: throws a LinalgError otherwise. */
  constructor(maker: typeof MAKER, linalg: Linalg, pointer: Pointer, rows: number, columns: number, traits: MatrixTraits = {}) {
    checkMaker(maker, "Matrix", "linalg.matrix(rows, columns)");
    this.linalg = linalg;
    this.pointer = pointer;
    this.rows = rows;
    this.columns = columns;
    this.size = rows * columns;
    this.stride = traits.stride ?? columns;
    this.end = this.size === 0 ? pointer : pointer + ((rows - 1) * this.stride + columns) * 4;
    this.contiguous = this.stride === columns || rows <= 1;
    this.compressed = traits.compressed;
    Object.freeze(this);
  }

  /** `value instanceof Matrix`: whether the package made it. */
  static [Symbol.hasInstance](value: unknown): value is Matrix {
    return typeof value === "object" && value !== null && #part in value;
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
    if (!isWithin(0, count, this.rows)) {
      throw new LinalgError(`firstRows: ${shown(count)} rows of ${this} asked for; ask for 0 to ${this.rows}`);
    }
    return this.#part(0, count, this.columns);
  }

  /**
   * The block `[rows × columns]` whose first element is at (row, column), in the same memory; `gemm` takes it as it is.
   * Throws a LinalgError if it reaches beyond the matrix.
   */
  block(row: number, column: number, rows: number, columns: number): Matrix {
    if (!isWithin(row, rows, this.rows) || !isWithin(column, columns, this.columns)) {
      const [size, from] = [`${shown(rows)} × ${shown(columns)}`, `(${shown(row)}, ${shown(column)})`];
      throw new LinalgError(`block: ${size} from ${from} on is not within ${this}`);
    }
    // An empty one has no first element, and the one behind the last is not in the memory.
    return this.#part(rows * columns === 0 ? 0 : row * this.stride + column, rows, columns);
  }

  /**
   * The same elements as `rows` rows of `columns`, in the same memory. Throws a LinalgError unless they are as many, and for a
   * block of a wider matrix.
   */
  reshaped(rows: number, columns: number): Matrix {
    if (rows === this.rows && columns === this.columns) return this;
    if (!this.contiguous) throw new LinalgError(`reshaped: this block's rows are ${this.stride} elements apart; reshape a whole matrix`);
    checkCount("reshaped: rows", rows);
    checkCount("reshaped: columns", columns);
    if (rows * columns !== this.size) {
      throw new LinalgError(`reshaped: ${this} can't be ${rows} × ${columns}; that is ${rows * columns} numbers, not ${this.size}`);
    }
    return new Matrix(MAKER, this.linalg, this.pointer, rows, columns);
  }

  /** The shape, as error messages give it: `1000 × 784`. */
  toString(): string {
    return `${this.rows} × ${this.columns}`;
  }

  #part(first: number, rows: number, columns: number): Matrix {
    return new Matrix(MAKER, this.linalg, this.pointer + first * 4, rows, columns, { stride: this.stride });
  }
}
