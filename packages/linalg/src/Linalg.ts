// One WebAssembly memory, its kernels, and the arena that hands the memory out. Nothing is freed singly: a scope gives
// back all that was taken within it, and a whole Linalg goes with its last reference.
/// <reference lib="esnext.disposable" preserve="true" />
import { Cell } from "./Cell.ts";
import { Indices } from "./Indices.ts";
import { type Compressed, compress } from "./compressed.ts";
import { type Kernels, makeKernels } from "./kernels.ts";
import { LinalgError } from "./LinalgError.ts";
import { Matrix } from "./Matrix.ts";
import type { Call } from "./program/Call.ts";
import { isShared } from "./program/Call.ts";
import type { Program } from "./program/Program.ts";
import { Recorder } from "./program/Recorder.ts";
import type { Team } from "./Team.ts";
import type { ModuleExports, Pointer } from "./wasm.ts";

const PAGE_BYTES = 65_536;
/** Every allocation starts on a cache line, so no two matrices share one. */
const ALIGNMENT = 64;
/** wasm32 addresses 4 GiB. */
const MAXIMUM_BYTES = 2 ** 32;

/** How many bits the kernels work on at a time; the results are the same. */
export interface Execution {
  /** 128 bits, or 256 on request. */
  readonly compute: "narrow" | "wide";
  /** Why it is narrow although wide was asked for. */
  readonly notice?: string;
}

/** The owner of one memory: makes matrices in it and runs kernels on them. Made by {@link createLinalg}. */
export class Linalg {
  /** The compiled kernels; use the checked functions of this package instead of calling them. */
  readonly kernels: Kernels;
  /** Whether the kernels run 128 or 256 bits at a time. */
  readonly compute: Execution["compute"];
  /** A line that says why they run narrow although wide was asked for; undefined otherwise. */
  readonly notice: string | undefined;
  readonly #memory: WebAssembly.Memory;
  readonly #module: ModuleExports;
  readonly #team: Team;
  #top: Pointer;
  /** What was made in lasting() ends here: no scope gives it back. */
  #lasting: Pointer = 0;
  #scratch = { pointer: 0, bytes: 0 };
  #recorder: Recorder | undefined;

  /** Everything from `top` on is the arena's. */
  constructor(memory: WebAssembly.Memory, module: ModuleExports, team: Team, top: Pointer, { compute, notice }: Execution) {
    this.kernels = makeKernels((call) => this.#perform(call));
    this.#memory = memory;
    this.#module = module;
    this.#team = team;
    this.#top = top;
    this.compute = compute;
    this.notice = notice;
  }

  /** The memory as it is now; after it has grown this is another object, so ask for it at each use. */
  get buffer(): SharedArrayBuffer {
    return this.#memory.buffer as unknown as SharedArrayBuffer;
  }

  /** Threads that share the work, the caller included. */
  get threads(): number {
    return this.#team.threads;
  }

  /** Ends the helper threads. Without it they end with the process, which they do not keep alive. */
  async close(): Promise<void> {
    await this.#team.close();
  }

  /** A matrix `[rows × columns]`, filled with `values` row by row, or with zeros. Throws a LinalgError if they don't fit. */
  matrix(rows: number, columns: number, values?: ArrayLike<number>): Matrix {
    checkSize("matrix: rows", rows);
    checkSize("matrix: columns", columns);
    const matrix = new Matrix(this, this.#allocate(rows * columns * 4), rows, columns);
    fill("matrix", matrix.data, values, `${rows} × ${columns}`);
    return matrix;
  }

  /**
   * A matrix whose numbers never change, such as a set of samples: what is learnt of them is learnt once. If at most half of
   * them are not zero, products with it (or in a captured step with rows gathered from it) leave the zeros out.
   */
  constant(rows: number, columns: number, values: ArrayLike<number>): Matrix {
    const matrix = this.matrix(rows, columns, values);
    return new Matrix(this, matrix.pointer, rows, columns, { compressed: compress(this, this.#module, matrix) });
  }

  /** A list of `length` row or class indices, filled with `values` or zeros. Throws a LinalgError if they don't fit. */
  indices(length: number, values?: ArrayLike<number>): Indices {
    checkSize("indices: length", length);
    const indices = new Indices(this, this.#allocate(length * 4), length);
    fill("indices", indices.data, values, `${length}`);
    return indices;
  }

  /** A number in memory that kernels read and write without a call from JavaScript. */
  cell(value = 0): Cell {
    const cell = new Cell(this, this.#allocate(8));
    cell.value = value;
    return cell;
  }

  /** Grows the memory now, so that the next `bytes` of allocations need not. Throws a LinalgError beyond 4 GiB. */
  reserve(bytes: number): void {
    checkSize("reserve: bytes", bytes);
    this.#growTo(this.#top + bytes);
  }

  /**
   * Everything allocated until the scope is disposed is given back then, except what is {@link lasting}:
   * `using scope = linalg.scope()`.
   */
  scope(): Disposable {
    const start = this.#top;
    return {
      [Symbol.dispose]: () => {
        this.#top = Math.max(start, this.#lasting);
      },
    };
  }

  /** What `make` allocates outlives every scope that is open. */
  lasting<Made>(make: () => Made): Made {
    const made = make();
    this.#lasting = this.#top;
    return made;
  }

  /**
   * Records the kernel calls of `step` instead of doing them, and makes a program of them that all threads replay without
   * a visit to JavaScript. A step reads nothing back, allocates nothing, and takes what changes from cells and matrices.
   * What it gathers from a {@link constant} for products alone may stay unwritten. Throws a LinalgError within a capture.
   */
  capture(step: () => void): Program {
    if (this.#recorder !== undefined) throw new LinalgError("capture: a step is being captured already; end that first");
    const recorder = new Recorder();
    this.#recorder = recorder;
    try {
      step();
    } finally {
      this.#recorder = undefined;
    }
    return recorder.program(this, this.#team);
  }

  /** The recorder of the step that is being captured, if any. */
  get recorder(): Recorder | undefined {
    return this.#recorder;
  }

  /** Memory of at least `bytes` that a single kernel call may use for itself; shared by all calls. */
  scratch(bytes: number): { readonly pointer: Pointer; readonly bytes: number } {
    if (this.#scratch.bytes < bytes) {
      // Grown by doubling, so that what is left behind is less than what is used.
      const size = Math.max(bytes, 2 * this.#scratch.bytes);
      this.#scratch = { pointer: this.lasting(() => this.#allocate(size)), bytes: size };
    }
    return this.#scratch;
  }

  /** The compressed rows of the transpose of a constant; kept with it. */
  transposed(compressed: Compressed): Pointer {
    compressed.transposed ??= this.lasting(() => {
      const { rows, columns, nonzeros, pointer } = compressed;
      const target = this.#allocate(this.#module.compressedBytes(columns, rows, nonzeros));
      this.#module.buildTransposed(rows, columns, pointer, target);
      return target;
    });
    return compressed.transposed;
  }

  #perform(call: Call): void {
    if (this.#recorder === undefined) this.#team.run(call.operation, call.args, isShared(call));
    else this.#recorder.record(call);
  }

  #allocate(bytes: number): Pointer {
    const pointer = Math.ceil(this.#top / ALIGNMENT) * ALIGNMENT;
    this.#growTo(pointer + bytes);
    this.#top = pointer + bytes;
    return pointer;
  }

  #growTo(end: number): void {
    const missing = end - this.#memory.buffer.byteLength;
    if (missing <= 0) return;
    const message = `linalg's memory would need ${Math.ceil(end / 2 ** 20)} MiB; it can hold 4096. Use a smaller batch or model.`;
    if (end > MAXIMUM_BYTES) throw new LinalgError(message);
    try {
      this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    } catch (cause) {
      throw new LinalgError(message, { cause });
    }
  }
}

function checkSize(what: string, size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new LinalgError(`${what} is ${size}; it must be a whole number of at least 0`);
}

function fill(what: string, target: Float32Array | Int32Array, values: ArrayLike<number> | undefined, shape: string): void {
  if (values === undefined) {
    // A scope may have given this memory back with old numbers in it.
    target.fill(0);
    return;
  }
  if (values.length !== target.length) {
    throw new LinalgError(`${what}: ${values.length} values do not fill ${shape}; give exactly ${target.length}`);
  }
  target.set(values);
}
