// A whole set of samples in linalg's memory: batches of it are put together there, row by row, without JavaScript
// touching a feature.
import { gather, gatherRows, Indices, type Linalg, type Matrix } from "@downhill/linalg";
import type { Loss, Targets } from "../losses/Loss.ts";
import { NnError } from "../NnError.ts";
import type { ArrayBatch, MatrixBatch } from "./Batch.ts";
import { firstTargets } from "./Workspace.ts";

/** How a set is cut into batches. */
export interface BatchOptions {
  /** Rows of a batch; the last one may be smaller. */
  readonly batchSize: number;
  /** The order of the rows, each exactly once; as they stand by default. */
  readonly order?: ArrayLike<number>;
}

/** Samples that stay in memory, whole. */
export class ResidentSamples {
  readonly count: number;
  readonly features: Matrix;
  readonly targets: Targets;
  readonly #order: Indices;
  #gathered: { readonly features: Matrix; readonly targets: Targets } | undefined;

  /** Copies `samples` in: `size` rows of features and, for `loss`, their class indices or values. Throws an NnError on unequal lengths. */
  constructor(linalg: Linalg, samples: ArrayBatch, loss: Loss) {
    const { features, targets, size } = samples;
    if (size < 1 || features.length % size !== 0 || targets.length % size !== 0) {
      throw new NnError(`${features.length} features and ${targets.length} targets are not ${size} rows`);
    }
    this.count = size;
    this.features = linalg.matrix(size, features.length / size, features);
    this.targets = loss.targets === "classes" ? linalg.indices(size, targets) : linalg.matrix(size, targets.length / size, targets);
    this.#order = linalg.indices(size);
  }

  /** The set in batches; a batch is valid until the next one. Without an order a full batch is the set itself, uncopied. */
  *batches(options: BatchOptions): Generator<MatrixBatch> {
    const { batchSize, order } = options;
    if (order === undefined && batchSize >= this.count) {
      yield { features: this.features, targets: this.targets, size: this.count };
      return;
    }
    this.#order.data.set(order ?? Int32Array.from({ length: this.count }, (_, index) => index));
    for (let start = 0; start < this.count; start += batchSize) {
      const size = Math.min(batchSize, this.count - start);
      yield this.#gather(this.#order.slice(start, size), batchSize);
    }
  }

  #gather(rows: Indices, batchSize: number): MatrixBatch {
    const buffer = this.#buffer(batchSize);
    const features = buffer.features.firstRows(rows.length);
    gatherRows(this.features, rows, features);
    const targets = firstTargets(buffer.targets, rows.length);
    if (this.targets instanceof Indices) gather(this.targets, rows, targets as Indices);
    else gatherRows(this.targets, rows, targets as Matrix);
    return { features, targets, size: rows.length };
  }

  // One buffer serves every epoch; it is made anew only for a larger batch.
  #buffer(batchSize: number): { readonly features: Matrix; readonly targets: Targets } {
    if (this.#gathered === undefined || this.#gathered.features.rows < batchSize) {
      const { linalg } = this.features;
      this.#gathered = {
        features: linalg.matrix(batchSize, this.features.columns),
        targets: this.targets instanceof Indices ? linalg.indices(batchSize) : linalg.matrix(batchSize, this.targets.columns),
      };
    }
    return this.#gathered;
  }
}
