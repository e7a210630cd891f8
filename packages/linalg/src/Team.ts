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

/** A job in memory, word by word. Shared memory stays where it is when it grows, and so the views are good for ever. */
interface JobViews {
  readonly header: Int32Array;
  readonly args: Float64Array;
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
  /** Where the words of a job's header stand, and the numbers of operations: asking the module's globals each time is slow. */
  readonly #words: { readonly operation: number; readonly shared: number; readonly barrier: number; readonly epilogue: number };
  readonly #operations = new Map<Operation, number>();
  /** The job that is handed out. */
  readonly #job: JobViews;
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
    const [operation, shared, barrier, epilogue] = [module.OPERATION, module.SHARED, module.BARRIER, module.EPILOGUE].map(
      ({ value }) => value / Int32Array.BYTES_PER_ELEMENT,
    );
    this.#words = { operation, shared, barrier, epilogue };
    this.#job = this.#viewsOf(module.JOB.value);
  }

  /** Writes a job to `pointer`; the arguments are those of the kernel. */
  write(pointer: Pointer, operation: Operation, args: readonly number[], header: JobHeader): void {
    this.#fill(this.#viewsOf(pointer), operation, args, header);
  }

  /**
   * Does one job now, on all threads if it is to be shared. Throws a LinalgError if an index was beyond its matrix, if a thread
   * dies at it, and at every call after that or after {@link close}.
   */
  run(operation: Operation, args: readonly number[], shared: boolean): void {
    if (this.#ended !== undefined) throw new LinalgError(`${nameOf(operation)}: ${this.#ended}; make a new createLinalg()`);
    this.#fill(this.#job, operation, args, { shared, barrier: false, epilogue: 0 });
    if (this.threads === 1 || !shared) this.#module.performAlone();
    else this.#fork(operation);
    if (this.#module.takeFault() !== 0) {
      throw new LinalgError(`${nameOf(operation)}: an index is beyond the rows or classes it selects from`);
    }
  }

  /** How many steps the replay made that has just been run, if something in it ended it before its time. */
  takeHalt(): number | undefined {
    return this.#module.takeHalt() || undefined;
  }

  /** Sends the helpers home; the team does nothing after that. */
  async close(): Promise<void> {
    this.#ended ??= "this Linalg has been closed";
    this.#module.dismiss();
    await Promise.all(this.#helpers.map((helper) => helper.terminate()));
  }

  #viewsOf(pointer: Pointer): JobViews {
    const { buffer } = this.#memory;
    const args = this.#module.ARGUMENTS.value;
    return {
      header: new Int32Array(buffer, pointer, args / Int32Array.BYTES_PER_ELEMENT),
      args: new Float64Array(buffer, pointer + args, (this.jobBytes - args) / Float64Array.BYTES_PER_ELEMENT),
    };
  }

  #fill(job: JobViews, operation: Operation, args: readonly number[], { shared, barrier, epilogue }: JobHeader): void {
    const words = this.#words;
    job.header[words.operation] = this.#numberOf(operation);
    job.header[words.shared] = Number(shared);
    job.header[words.barrier] = Number(barrier);
    job.header[words.epilogue] = epilogue;
    for (let index = 0; index < args.length; index += 1) job.args[index] = args[index];
  }

  #numberOf(operation: Operation): number {
    const known = this.#operations.get(operation);
    if (known !== undefined) return known;
    const number = (this.#module[operation] as WebAssembly.Global).value as number;
    this.#operations.set(operation, number);
    return number;
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
    throw new LinalgError(`${nameOf(operation)}: ${this.#ended}; make a new createLinalg()`, { cause });
  }
}

// SUM_ROWS is what users call sumRows; a program is replayed by its run().
function nameOf(operation: Operation): string {
  if (operation === "REPLAY") return "run";
  return operation.toLowerCase().replace(/_(.)/g, (_match, letter: string) => letter.toUpperCase());
}
