// A contestant that trains one model through the whole bench, epoch after epoch, and keeps every cost: in the end they
// say whether it did the work that it was timed for.
import { mean } from "../report/ratio.ts";
import type { ContestantProcess } from "./ContestantProcess.ts";

/** What a training program is asked for. */
export interface EpochsRequest {
  readonly epochs: number;
}

/** What a program of ours adds to its work. */
export interface Overhead {
  /** The share of the epochs that was spent outside WebAssembly. */
  readonly outside: number;
  /** Microseconds to hand a job out to all threads. */
  readonly dispatch: number;
}

/** What it answers: two lists, an entry an epoch. */
export interface EpochsReply {
  readonly milliseconds: readonly number[];
  /** Mean loss before the epoch's update. */
  readonly costs: readonly number[];
  /** Only ours says it. */
  readonly overhead?: Overhead;
}

/** A training program under way. */
export class EpochTrainer {
  /** The cost of every epoch so far; epoch 1 is iteration 0. */
  readonly costs: number[] = [];
  /** Of the last epochs, if it says so. */
  overhead: Overhead | undefined;
  readonly #process: ContestantProcess;

  /** The process is ready, and nobody else's. */
  constructor(process: ContestantProcess) {
    this.#process = process;
  }

  get who(): string {
    return this.#process.who;
  }

  get version(): string {
    return this.#process.version;
  }

  /** Milliseconds an epoch, the mean of `epochs` after one more that wakes caches and threads. */
  async time(epochs: number): Promise<number> {
    return mean((await this.#train(epochs + 1)).slice(1));
  }

  /** Trains untimed until `epochs` are done in all. */
  async trainTo(epochs: number): Promise<void> {
    const missing = epochs - this.costs.length;
    if (missing > 0) await this.#train(missing);
  }

  async #train(epochs: number): Promise<readonly number[]> {
    const request: EpochsRequest = { epochs };
    const { milliseconds, costs, overhead } = await this.#process.ask<EpochsReply>(request);
    this.costs.push(...costs);
    this.overhead = overhead;
    return milliseconds;
  }
}
