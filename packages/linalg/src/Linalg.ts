// One WebAssembly memory with kernels, as users see it: it makes matrices in the memory and captures steps of calls on them.
// A whole Linalg goes with its last reference.
/// <reference lib="esnext.disposable" preserve="true" />
import { Arena } from "./Arena.ts";
import { Backend } from "./Backend.ts";
import { Cell } from "./Cell.ts";
import { Indices } from "./Indices.ts";
import { MAKER } from "./maker.ts";
import { LinalgError } from "./LinalgError.ts";
import { Matrix } from "./Matrix.ts";
import type { Program } from "./program/Program.ts";
import type { Team } from "./Team.ts";
import { checkCount, checkIndexValues, checkNumber, checkValues, checkWhole } from "./values.ts";
import type { ModuleExports, Pointer } from "./wasm.ts";

/** How many bits the kernels work on at a time; the results are the same. */
export interface Execution {
  /** 128 bits, or 256 on request. */
  readonly compute: "narrow" | "wide";
  /** Why it is narrow although wide was asked for. */
  readonly notice?: string;
}

/** What is behind a Linalg; for the package's own functions, which check operands before they use it. */
export let backendOf: (linalg: Linalg) => Backend;

/** The owner of one memory: makes matrices in it and runs kernels on them. Made by {@link createLinalg}. */
export class Linalg {
  static {
    backendOf = (linalg) => linalg.#backend;
  }

  /** Whether the kernels run 128 or 256 bits at a time. */
  readonly compute: Execution["compute"];
  /** A line that says why they run narrow although wide was asked for; undefined otherwise. */
  readonly notice: string | undefined;
  readonly #memory: WebAssembly.Memory;
  readonly #arena: Arena;
  readonly #backend: Backend;

  /** Everything from `top` on is for matrices. */
  constructor(memory: WebAssembly.Memory, module: ModuleExports, team: Team, top: Pointer, { compute, notice }: Execution) {
    this.#memory = memory;
    this.#arena = new Arena(memory, top);
    this.#backend = new Backend(module, team, this.#arena);
    this.compute = compute;
    this.notice = notice;
  }

  /** The memory as it is now; after it has grown this is another object, so ask for it at each use. */
  get buffer(): SharedArrayBuffer {
    return this.#memory.buffer as unknown as SharedArrayBuffer;
  }

  /** Threads that share the work, the caller included. */
  get threads(): number {
    return this.#backend.team.threads;
  }

  /** Ends the helper threads. Without it they end with the process, which they do not keep alive. */
  async close(): Promise<void> {
    await this.#backend.team.close();
  }

  /** A matrix `[rows × columns]`, filled with `values` row by row, or with zeros. Throws a LinalgError if they don't fit. */
  matrix(rows: number, columns: number, values?: ArrayLike<number>): Matrix {
    this.#checkNoCapture("matrix");
    checkCount("matrix: rows", rows);
    checkCount("matrix: columns", columns);
    checkValues("matrix", values, rows * columns, `${rows} × ${columns}`);
    const matrix = new Matrix(MAKER, this, this.#arena.allocate(rows * columns * 4), rows, columns);
    fill(matrix.data, values);
    return matrix;
  }

  /**
   * A matrix whose numbers never change, such as a set of samples: what is learnt of them is learnt once. If at most half of
   * them are not zero, products with it (or in a captured step with rows gathered from it) leave the zeros out. Who writes to
   * its `data` nevertheless gets products of old and new numbers.
   */
  constant(rows: number, columns: number, values: ArrayLike<number>): Matrix {
    const matrix = this.matrix(rows, columns, values);
    return new Matrix(MAKER, this, matrix.pointer, rows, columns, { compressed: this.#backend.compress(matrix) });
  }

  /** A list of `length` row or class indices, filled with `values` or zeros. Throws a LinalgError if they don't fit. */
  indices(length: number, values?: ArrayLike<number>): Indices {
    this.#checkNoCapture("indices");
    checkCount("indices: length", length);
    checkIndexValues("indices", values, length);
    const indices = new Indices(MAKER, this, this.#arena.allocate(length * 4), length);
    fill(indices.data, values);
    return indices;
  }

  /** A number in memory that kernels read and write without a call from JavaScript. */
  cell(value = 0): Cell {
    this.#checkNoCapture("cell");
    checkNumber("cell: value", value);
    const cell = new Cell(MAKER, this, this.#arena.allocate(8));
    cell.value = value;
    return cell;
  }

  /** Grows the memory now, so that the next `bytes` of allocations need not. Throws a LinalgError beyond 4 GiB. */
  reserve(bytes: number): void {
    checkWhole("reserve: bytes", bytes);
    this.#arena.reserve(bytes);
  }

  /**
   * Everything allocated until the scope is disposed of is given back then, except what is {@link lasting}:
   * `using scope = linalg.scope()`. A scope that ends before one that was opened within it waits for that.
   */
  scope(): Disposable {
    return this.#arena.scope();
  }

  /** What `make` allocates outlives every scope that is open. */
  lasting<Made>(make: () => Made): Made {
    return this.#arena.lasting(make);
  }

  /**
   * Records the kernel calls of `step` instead of doing them, and makes a program of them that all threads replay without
   * a visit to JavaScript. A step reads nothing back, allocates nothing, and takes what changes from cells and matrices.
   * What it gathers from a {@link constant} for products alone may stay unwritten. Throws a LinalgError within a capture.
   */
  capture(step: () => void): Program {
    return this.#backend.capture(this, step);
  }

  #checkNoCapture(operation: string): void {
    if (this.#backend.recorder === undefined) return;
    throw new LinalgError(`${operation}: a step is being captured, and a step allocates nothing; make it before`);
  }
}

// Without values: zeros, since a scope may have given this memory back with old numbers in it.
function fill(target: Float32Array | Int32Array, values: ArrayLike<number> | undefined): void {
  if (values === undefined) target.fill(0);
  else target.set(values);
}
