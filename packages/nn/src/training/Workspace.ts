// The memory that steps of a model share: taken once with the model, so that no step takes any.
import {
  addSquares,
  addSum,
  argmax,
  type Cell,
  countEqual,
  countSides,
  haltUnlessFinite,
  Indices,
  type Linalg,
  Matrix,
} from "@downhill/linalg";
import { checkTargets } from "../losses/checkTargets.ts";
import type { Loss, Targets } from "../losses/Loss.ts";
import { NnError } from "../NnError.ts";
import type { EpochSums } from "./EpochSums.ts";
import type { ArrayBatch, Batch, MatrixBatch } from "./Batch.ts";

/** The sizes of a model. */
export interface ModelSize {
  readonly inputs: number;
  readonly outputs: number;
  readonly batchSize: number;
}

/** Buffers for a batch of arrays, for ∂cost/∂output, and the running sums of an epoch. */
export class Workspace {
  /** Σ of the samples' losses since {@link reset}. */
  readonly lossSum: Cell;
  /** How many samples were classified right since {@link reset}. */
  readonly hits: Cell;
  /** Σ of the samples' mean square errors since {@link reset}, where the loss is measured by them. */
  readonly squares: Cell;
  readonly #linalg: Linalg;
  readonly #size: ModelSize;
  readonly #loss: Loss;
  readonly #outputGradient: Matrix;
  readonly #losses: Matrix;
  readonly #predicted: Indices;
  // Arrays are copied here; taken at the first batch of arrays, since a set that is in memory needs neither.
  #features: Matrix | undefined;
  #targets: Targets | undefined;

  constructor(linalg: Linalg, size: ModelSize, loss: Loss) {
    loss.prepare?.(linalg, size.outputs);
    this.#linalg = linalg;
    this.#size = size;
    this.#loss = loss;
    this.lossSum = linalg.cell();
    this.hits = linalg.cell();
    this.squares = linalg.cell();
    this.#outputGradient = linalg.matrix(size.batchSize, size.outputs);
    this.#losses = linalg.matrix(size.batchSize, 1);
    this.#predicted = linalg.indices(size.batchSize);
  }

  /** Starts the sums where others ended. */
  reset({ lossSum, hits, squares }: EpochSums): void {
    this.lossSum.value = lossSum;
    this.hits.value = hits;
    this.squares.value = squares;
  }

  /** What the batches so far add up to. */
  get sums(): Omit<EpochSums, "samples"> {
    return { lossSum: this.lossSum.value, hits: this.hits.value, squares: this.squares.value };
  }

  /** Whether the losses so far add up to a number. */
  get finite(): boolean {
    return Number.isFinite(this.lossSum.value);
  }

  /** Ends the replay of a captured step with the batch at hand unless its losses are finite. */
  haltUnlessFinite(): void {
    haltUnlessFinite(this.lossSum);
  }

  /** Adds the batch's losses, and hits or squares, to the sums; returns ∂cost/∂output, valid until the next call. */
  evaluate(output: Matrix, targets: Targets): Matrix {
    const gradient = this.#outputGradient.firstRows(output.rows);
    const losses = this.#losses.firstRows(output.rows);
    this.#loss.evaluate(output, targets, gradient, losses);
    addSum(losses, this.lossSum);
    this.#measure(output, targets);
    return gradient;
  }

  // The loss has refused targets of the other kind.
  #measure(output: Matrix, targets: Targets): void {
    if (this.#loss.measure === "rmse") addSquares(output, targets as Matrix, this.squares);
    else if (this.#loss.output === "sigmoid") countSides(output, targets, this.hits);
    else {
      const predicted = this.#predicted.slice(0, output.rows);
      argmax(output, predicted);
      countEqual(predicted, targets as Indices, this.hits);
    }
  }

  /** The batch in the model's memory: matrices pass through, arrays are copied in. Throws an NnError if its shape is not the model's. */
  load(batch: Batch): MatrixBatch {
    const { outputs, batchSize } = this.#size;
    const { size } = batch;
    checkSize(size, batchSize);
    if (batch.features instanceof Matrix) return batch as MatrixBatch;
    const arrays = batch as ArrayBatch;
    checkLength("targets", arrays.targets.length, size, this.#loss.targets === "classes" ? 1 : outputs);
    checkTargets(this.#loss, arrays.targets);
    this.#targets ??= this.#linalg.lasting(() =>
      this.#loss.targets === "classes" ? this.#linalg.indices(batchSize) : this.#linalg.matrix(batchSize, outputs),
    );
    const targets = firstTargets(this.#targets, size);
    targets.data.set(arrays.targets);
    return { features: this.loadFeatures(arrays.features, size), targets, size };
  }

  /** The features `[size × inputs]` in the model's memory, valid until the next call. Throws an NnError if they don't fit. */
  loadFeatures(features: ArrayLike<number>, size: number): Matrix {
    const { inputs, batchSize } = this.#size;
    checkSize(size, batchSize);
    checkLength("features", features.length, size, inputs);
    this.#features ??= this.#linalg.lasting(() => this.#linalg.matrix(batchSize, inputs));
    const matrix = this.#features.firstRows(size);
    matrix.data.set(features);
    return matrix;
  }
}

/** The targets of the first `size` samples, in the same memory. */
export function firstTargets(targets: Targets, size: number): Targets {
  return targets instanceof Indices ? targets.slice(0, size) : targets.firstRows(size);
}

function checkSize(size: number, batchSize: number): void {
  if (size < 1 || size > batchSize) throw new NnError(`the batch holds ${size} samples; the model was made for 1 to ${batchSize}`);
}

function checkLength(what: string, length: number, size: number, width: number): void {
  if (length !== size * width) {
    throw new NnError(`the batch's ${what} are ${length} numbers; ${size} samples × ${width} need ${size * width}`);
  }
}
