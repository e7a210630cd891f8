// One epoch's batches of a set that is in memory. A pass can take them one by one, or let linalg replay the step.
import type { MatrixBatch } from "./Batch.ts";
import type { BatchBuffer } from "./BatchBuffer.ts";
import type { ResidentSamples } from "./ResidentSamples.ts";

/** Batches of equal size, one after another. */
export interface BatchRun {
  readonly size: number;
  readonly times: number;
}

interface Gathered {
  readonly buffer: BatchBuffer;
  /** The order of the samples. */
  readonly rows: ArrayLike<number>;
}

/** The batches of an epoch. Made by `samples.batches(options)`. */
export class ResidentBatches implements Iterable<MatrixBatch> {
  readonly samples: ResidentSamples;
  readonly batchSize: number;
  readonly #gathered: Gathered | undefined;
  /** The batches of the epoch that are taken: from one, and up to another. */
  readonly #range: readonly [start: number, end: number];

  constructor(samples: ResidentSamples, batchSize: number, gathered?: Gathered, range: readonly [number, number] = [0, Infinity]) {
    this.samples = samples;
    this.batchSize = batchSize;
    this.#gathered = gathered;
    this.#range = range;
  }

  /** How many batches the whole epoch has. */
  get count(): number {
    return Math.ceil(this.samples.count / this.batchSize);
  }

  /** The batches from number `start` (from 0) of the epoch up to `end`, which is not among them: a pass that goes on where another was stopped. */
  slice(start: number, end: number = Infinity): ResidentBatches {
    return new ResidentBatches(this.samples, this.batchSize, this.#gathered, [start, end]);
  }

  /** What holds the batch at hand: steps on it are the same from epoch to epoch. */
  get place(): object {
    return this.#gathered?.buffer ?? this.samples;
  }

  /** Goes back to the first batch. */
  begin(): void {
    this.#gathered?.buffer.begin(this.#gathered.rows, this.#range[0] * this.batchSize);
  }

  /** The next batch, of `size` samples; kernel calls only. */
  next(size: number): MatrixBatch {
    const { features, targets, count } = this.samples;
    return this.#gathered?.buffer.next(size) ?? { features, targets, size: count };
  }

  /** The sizes of the batches in their order. */
  runs(): BatchRun[] {
    const { count } = this.samples;
    const [start, end] = this.#range;
    const whole = Math.floor(count / this.batchSize);
    const rest = count % this.batchSize;
    const runs = [{ size: this.batchSize, times: Math.max(0, Math.min(end, whole) - start) }];
    if (rest > 0 && start <= whole && end > whole) runs.push({ size: rest, times: 1 });
    return runs;
  }

  *[Symbol.iterator](): Generator<MatrixBatch> {
    this.begin();
    for (const { size, times } of this.runs()) {
      for (let time = 0; time < times; time += 1) yield this.next(size);
    }
  }
}
