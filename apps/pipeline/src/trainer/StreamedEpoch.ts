// One epoch of a set that is read as it is trained on: one part of it after another, without reading anything twice.
import type { ArrayBatch } from "@downhill/nn";
import type { EpochBatches } from "./TrainingSet.ts";

/** Gives the batches of an epoch from number `skip` on. */
export type OpenEpoch = (skip: number) => AsyncGenerator<ArrayBatch, void, undefined>;

/** An epoch whose parts follow one another in one reading. */
export class StreamedEpoch implements EpochBatches {
  readonly count: number;
  readonly batchSize: number;
  readonly #open: OpenEpoch;
  #reading: ReturnType<OpenEpoch> | undefined;
  /** The batch that the reading gives next. */
  #next = 0;

  constructor(samples: number, batchSize: number, open: OpenEpoch) {
    this.count = Math.ceil(samples / batchSize);
    this.batchSize = batchSize;
    this.#open = open;
  }

  /** As {@link EpochBatches.slice}; a part that doesn't begin where the last one ended begins a reading of its own. */
  async *slice(start: number, end: number = Infinity): AsyncGenerator<ArrayBatch, void, undefined> {
    const reading = await this.#readingAt(start);
    // The last part reads on until there is nothing more: what has changed in the file shows at its end.
    const last = end >= this.count;
    let paused = false;
    try {
      while (last || this.#next < end) {
        const { value, done } = await reading.next();
        if (done) return;
        this.#next += 1;
        yield value;
      }
      paused = true;
    } finally {
      if (!paused) await this.#close();
    }
  }

  async #readingAt(start: number): Promise<ReturnType<OpenEpoch>> {
    if (this.#reading !== undefined && this.#next === start) return this.#reading;
    await this.#close();
    this.#reading = this.#open(start);
    this.#next = start;
    return this.#reading;
  }

  async #close(): Promise<void> {
    const reading = this.#reading;
    this.#reading = undefined;
    await reading?.return();
  }
}
