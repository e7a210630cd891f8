// The threads that share a memory: the caller, and helpers in workers that wait inside WebAssembly for a job. How work is
// divided never shows in the results.
import type { HelperWorker } from "./helpers.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Operation } from "./program/Call.ts";
import type { ModuleExports, Pointer } from "./wasm.ts";

/** Naps of 10 ms after which a helper that has not begun a job is taken for dead; one that has begun gets six times as many. */
const PATIENCE = 1000;

/** What a job in a program says besides its operation and arguments. */
export interface JobHeader {
  /** Whether all threads share it. */
  readonly shared: boolean;
  /** Whether threads wait for one another before it. */
  readonly barrier: boolean;
  /** How many jobs behind it are done within it. */
  readonly epilogue: number;
}

/** Runs jobs on all threads of a memory. */
export class Team {
  /** Threads, the caller included. */
  readonly threads: number;
  /** Bytes of a job. */
  readonly jobBytes: number;
  readonly #module: ModuleExports;
  readonly #memory: WebAssembly.Memory;
  readonly #helpers: readonly HelperWorker[];
  /** A page's main thread must not sleep. */
  readonly #maySleep: number;
  /** Why no job can be done any more. */
  #ended: string | undefined;

  constructor(module: ModuleExports, memory: WebAssembly.Memory, helpers: readonly HelperWorker[]) {
    this.threads = helpers.length + 1;
    this.jobBytes = module.JOB_BYTES.value;
    this.#module = module;
    this.#memory = memory;
    this.#helpers = helpers;
    this.#maySleep = "document" in globalThis ? 0 : 1;
    module.allowSleep(this.#maySleep);
  }

  /** Writes a job to `pointer`; the arguments are those of the kernel. */
  write(pointer: Pointer, operation: Operation, args: readonly number[], header: JobHeader): void {
    const { OPERATION, SHARED, BARRIER, EPILOGUE, ARGUMENTS } = this.#module;
    const view = new DataView(this.#memory.buffer, pointer, this.jobBytes);
    const word = (place: WebAssembly.Global, value: number): void => view.setInt32(place.value as number, value, true);
    word(OPERATION, (this.#module[operation] as WebAssembly.Global).value as number);
    word(SHARED, Number(header.shared));
    word(BARRIER, Number(header.barrier));
    word(EPILOGUE, header.epilogue);
    args.forEach((value, index) => view.setFloat64((ARGUMENTS.value as number) + index * 8, value, true));
  }

  /**
   * Does one job now, on all threads if it is to be shared. Throws a LinalgError if an index was beyond its matrix, if a thread
   * dies at it, and at every call after that or after {@link close}.
   */
  run(operation: Operation, args: readonly number[], shared: boolean): void {
    if (this.#ended !== undefined) throw new LinalgError(`${operation}: ${this.#ended}; make a new createLinalg()`);
    this.write(this.#module.JOB.value, operation, args, { shared, barrier: false, epilogue: 0 });
    if (this.threads === 1 || !shared) this.#module.performAlone();
    else this.#fork(operation);
    if (this.#module.takeFault() !== 0) {
      throw new LinalgError(`${operation === "REPLAY" ? "run" : operation}: an index is beyond the rows or classes it selects from`);
    }
  }

  /** Sends the helpers home; the team does nothing after that. */
  async close(): Promise<void> {
    this.#ended ??= "this Linalg has been closed";
    this.#module.dismiss();
    await Promise.all(this.#helpers.map((helper) => helper.terminate()));
  }

  #fork(operation: Operation): void {
    let cause: unknown;
    try {
      if (this.#module.fork(this.#maySleep, PATIENCE)) return;
    } catch (trap) {
      // In the caller's own part, or at a barrier that another thread will not reach.
      cause = trap;
    }
    this.#ended = "a thread has died in its part of the work, and the results are incomplete";
    void this.close();
    throw new LinalgError(`${operation}: ${this.#ended}; make a new createLinalg()`, { cause });
  }
}
