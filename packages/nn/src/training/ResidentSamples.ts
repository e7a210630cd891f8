// A whole set of samples in linalg's memory: batches of it are put together there, row by row, without JavaScript
// touching a feature.
import type { Linalg, Matrix } from "@downhill/linalg";
import { checkTargets } from "../losses/checkTargets.ts";
import type { Loss, Targets } from "../losses/Loss.ts";
import { NnError } from "../NnError.ts";
import type { ArrayBatch } from "./Batch.ts";
import { BatchBuffer } from "./BatchBuffer.ts";
import { ResidentBatches } from "./ResidentBatches.ts";

/** How a set is cut into batches. */
export interface BatchOptions {
  /** Rows of a batch; the last one may be smaller. */
  readonly batchSize: number;
  /** The order of the rows, each exactly once; as they stand by default. */
  readonly order?: ArrayLike<number>;
}

/** Samples that stay in memory, whole, and never change. */
export class ResidentSamples {
  readonly count: number;
  readonly features: Matrix;
  readonly targets: Targets;
  /** By batch size. */
  readonly #buffers = new Map<number, BatchBuffer>();

  /** Copies `samples` in: `size` rows of features and, for `loss`, their class indices or values. Throws an NnError on unequal lengths, or targets that the loss doesn't take. */
  constructor(linalg: Linalg, samples: ArrayBatch, loss: Loss) {
    const { features, targets, size } = samples;
    if (size < 1 || features.length % size !== 0 || targets.length % size !== 0) {
      throw new NnError(`${features.length} features and ${targets.length} targets are not ${size} rows`);
    }
    checkTargets(loss, targets);
    this.count = size;
    this.features = linalg.constant(size, features.length / size, features);
    this.targets = loss.targets === "classes" ? linalg.indices(size, targets) : linalg.matrix(size, targets.length / size, targets);
  }

  /**
   * The set in batches; a batch is valid until the next one. Without an order a full batch is the set itself, uncopied.
   * Throws an NnError if the batches are of no size, or the order names a row that is not there.
   */
  batches(options: BatchOptions): ResidentBatches {
    const { batchSize, order } = options;
    if (!Number.isSafeInteger(batchSize) || batchSize < 1) throw new NnError(`batches: batchSize is ${batchSize}; it must be at least 1`);
    if (order === undefined && batchSize >= this.count) return new ResidentBatches(this, this.count, undefined);
    const rows = order ?? Int32Array.from({ length: this.count }, (_, index) => index);
    checkOrder(rows, this.count);
    const size = Math.min(batchSize, this.count);
    return new ResidentBatches(this, size, { buffer: this.#buffer(size), rows });
  }

  // One buffer serves every epoch.
  #buffer(batchSize: number): BatchBuffer {
    const held = this.#buffers.get(batchSize);
    if (held !== undefined) return held;
    const buffer = this.features.linalg.lasting(() => new BatchBuffer(this.features, this.targets, batchSize));
    this.#buffers.set(batchSize, buffer);
    return buffer;
  }
}

function checkOrder(order: ArrayLike<number>, count: number): void {
  if (order.length !== count) throw new NnError(`batches: the order names ${order.length} rows; there are ${count}`);
  for (let position = 0; position < order.length; position += 1) {
    const row = order[position];
    if (!Number.isInteger(row) || row < 0 || row >= count) {
      throw new NnError(`batches: order[${position}] is ${row}; it must be from 0 to ${count - 1}`);
    }
  }
}
