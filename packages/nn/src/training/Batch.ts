// A batch reaches a model either as plain arrays, which are copied in, or as matrices that are in its memory already.
import type { Matrix } from "@downhill/linalg";
import type { Targets } from "../losses/Loss.ts";

/** Samples in arrays: features `[size × inputs]` row by row; targets are class indices, or values `[size × outputs]`. */
export interface ArrayBatch {
  readonly features: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  readonly size: number;
}

/** Samples in linalg's memory: features `[size × inputs]`. */
export interface MatrixBatch {
  readonly features: Matrix;
  readonly targets: Targets;
  readonly size: number;
}

/** Samples to train on or to evaluate. */
export type Batch = ArrayBatch | MatrixBatch;

/** Batches one after another. */
export type Batches = Iterable<Batch> | AsyncIterable<Batch>;
