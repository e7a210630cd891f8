// When a checkpoint is due. It never shows in the results: only how much of a killed run has to be done again.
import type { CheckpointConfig } from "../config/Config.ts";

/** Says when the next checkpoint is due. */
export class CheckpointPace {
  readonly #config: CheckpointConfig;
  readonly #now: () => number;
  #savedAt: number;

  /** `now` is a clock in milliseconds, from any origin. */
  constructor(config: CheckpointConfig, now: () => number = () => performance.now()) {
    this.#config = config;
    this.#now = now;
    this.#savedAt = now();
  }

  /** The batch of an epoch of `count` batches, counted from 0, before which training pauses next: the first one due after `batch`, or the epoch's end. */
  nextPause(epoch: number, batch: number, count: number): number {
    const { everyBatches } = this.#config;
    if (everyBatches === undefined) return count;
    const before = epoch * count;
    const next = (Math.floor((before + batch) / everyBatches) + 1) * everyBatches;
    return Math.min(count, next - before);
  }

  /** Whether one is due before `batch` of an epoch of `count`. */
  isDue(epoch: number, batch: number, count: number): boolean {
    const { everyBatches, everySeconds } = this.#config;
    if (everyBatches !== undefined && (epoch * count + batch) % everyBatches === 0) return true;
    return batch === 0 && this.#now() - this.#savedAt >= everySeconds * 1000;
  }

  /** One was saved. */
  saved(): void {
    this.#savedAt = this.#now();
  }
}
