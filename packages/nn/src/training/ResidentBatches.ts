// One epoch's batches of a set that is in memory. A pass can take them one by one, or let linalg replay the step.
import type { MatrixBatch } from "./Batch.ts";
import type { BatchBuffer } from "./BatchBuffer.ts";
import type { ResidentSamples } from "./ResidentSamples.ts";

/** Batches of equal size, one after another. */
export interface BatchRun {
  readonly size: number;
  readonly times: number;
}

/** The batches of an epoch. Made by `samples.batches(options)`. */
export class ResidentBatches implements Iterable<MatrixBatch> {
  readonly samples: ResidentSamples;
  readonly batchSize: number;
  readonly #gathered: { readonly buffer: BatchBuffer; readonly rows: ArrayLike<number> } | undefined;

  constructor(samples: ResidentSamples, batchSize: number, gathered?: { readonly buffer: BatchBuffer; readonly rows: ArrayLike<number> }) {
    this.samples = samples;
    this.batchSize = batchSize;
    this.#gathered = gathered;
  }

  /** What holds the batch at hand: steps on it are the same from epoch to epoch. */
  get place(): object {
    return this.#gathered?.buffer ?? this.samples;
  }

  /** Goes back to the first batch. */
  begin(): void {
    this.#gathered?.buffer.begin(this.#gathered.rows);
  }

  /** The next batch, of `size` samples; kernel calls only. */
  next(size: number): MatrixBatch {
    const { features, targets, count } = this.samples;
    return this.#gathered?.buffer.next(size) ?? { features, targets, size: count };
  }

  /** The sizes of the batches in their order. */
  runs(): BatchRun[] {
    const { count } = this.samples;
    const rest = count % this.batchSize;
    const whole = { size: this.batchSize, times: Math.floor(count / this.batchSize) };
    return rest === 0 ? [whole] : [whole, { size: rest, times: 1 }];
  }

  *[Symbol.iterator](): Generator<MatrixBatch> {
    this.begin();
    for (const { size, times } of this.runs()) {
      for (let time = 0; time < times; time += 1) yield this.next(size);
    }
  }
}
