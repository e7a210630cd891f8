// The threads that share a memory: the caller, and helpers in workers that wait inside WebAssembly for a job. How work is
// divided never shows in the results.
import type { HelperWorker } from "./helpers.ts";
import { LinalgError } from "./LinalgError.ts";
import type { ModuleExports } from "./wasm.ts";

/** An operation that a team divides, by the name of its number in the module. */
export type Operation =
  | "AXPY"
  | "SCAL"
  | "EXP"
  | "LOG"
  | "TANH"
  | "RELU"
  | "NORMAL_QUANTILE"
  | "TANH_GRADIENT"
  | "RELU_GRADIENT"
  | "ADAM"
  | "ADD_ROW"
  | "SOFTMAX"
  | "ARGMAX"
  | "GATHER_ROWS"
  | "SUM_ROWS"
  | "GEMM";

/** Work of fewer elements (or products) than this is done by the caller alone: handing it out would cost more. */
const WORTH_DIVIDING = 16_384;
/** Naps of 10 ms after which a helper that has not begun a job is taken for dead; one that has begun gets six times as many. */
const PATIENCE = 1000;

/** Runs operations on all threads of a memory. */
export class Team {
  /** Threads, the caller included. */
  readonly threads: number;
  readonly #module: ModuleExports;
  readonly #arguments: Float64Array;
  readonly #helpers: readonly HelperWorker[];
  /** A page's main thread must not sleep. */
  readonly #maySleep: number;
  /** Why no job can be done any more. */
  #ended: string | undefined;

  constructor(module: ModuleExports, buffer: ArrayBufferLike, helpers: readonly HelperWorker[]) {
    this.threads = helpers.length + 1;
    this.#module = module;
    this.#arguments = new Float64Array(buffer, module.ARGUMENTS.value, 16);
    this.#helpers = helpers;
    this.#maySleep = "document" in globalThis ? 0 : 1;
  }

  /**
   * Does `operation`, of about `work` elements, with the arguments of its kernel. Throws a LinalgError if a thread dies at it,
   * and at every call after that or after {@link close}.
   */
  run(operation: Operation, work: number, values: readonly number[]): void {
    if (this.#ended !== undefined) throw new LinalgError(`${operation}: ${this.#ended}; make a new createLinalg()`);
    const number = (this.#module[operation] as WebAssembly.Global).value as number;
    this.#arguments.set(values);
    if (this.threads === 1 || work < WORTH_DIVIDING) this.#module.perform(number, 0, 1);
    else this.#fork(operation, number);
  }

  /** Sends the helpers home; the team does nothing after that. */
  async close(): Promise<void> {
    this.#ended ??= "this Linalg has been closed";
    this.#module.dismiss();
    await Promise.all(this.#helpers.map((helper) => helper.terminate()));
  }

  #fork(operation: Operation, number: number): void {
    let cause: unknown;
    try {
      if (this.#module.fork(number, this.#maySleep, PATIENCE)) return;
    } catch (trap) {
      // In the caller's own part; the helpers are still at theirs.
      cause = trap;
    }
    this.#ended = "a thread has died in its part of the work, and the results are incomplete";
    void this.close();
    throw new LinalgError(`${operation}: ${this.#ended}; make a new createLinalg()`, { cause });
  }
}
