// Where the batches of a set are put together, one after another, by kernel calls alone.
import { type Cell, gather, gatherRows, Indices, type Matrix, takeIndices } from "@downhill/linalg";
import type { Targets } from "../losses/Loss.ts";
import type { MatrixBatch } from "./Batch.ts";
import { firstTargets } from "./Workspace.ts";

/** Memory for one batch of a set, and the place in the order of its rows. */
export class BatchBuffer {
  readonly #source: { readonly features: Matrix; readonly targets: Targets };
  readonly #order: Indices;
  readonly #position: Cell;
  readonly #rows: Indices;
  readonly #features: Matrix;
  readonly #targets: Targets;

  constructor(features: Matrix, targets: Targets, batchSize: number) {
    const { linalg } = features;
    this.#source = { features, targets };
    this.#order = linalg.indices(features.rows);
    this.#position = linalg.cell();
    this.#rows = linalg.indices(batchSize);
    this.#features = linalg.matrix(batchSize, features.columns);
    this.#targets = targets instanceof Indices ? linalg.indices(batchSize) : linalg.matrix(batchSize, targets.columns);
  }

  /** Begins an epoch in the order of `rows`, at the one at `position`. */
  begin(rows: ArrayLike<number>, position: number): void {
    this.#order.data.set(rows);
    this.#position.value = position;
  }

  /** The next `size` rows as a batch. */
  next(size: number): MatrixBatch {
    const rows = this.#rows.slice(0, size);
    takeIndices(this.#order, this.#position, rows);
    const features = this.#features.firstRows(size);
    gatherRows(this.#source.features, rows, features);
    const targets = firstTargets(this.#targets, size);
    if (targets instanceof Indices) gather(this.#source.targets as Indices, rows, targets);
    else gatherRows(this.#source.targets as Matrix, rows, targets);
    return { features, targets, size };
  }
}
