import type { Indices, Matrix } from "@downhill/linalg";

/** The right answers for a batch in linalg's memory: class indices, or values `[batch × outputs]`. */
export type Targets = Indices | Matrix;

/** The loss of a sample, with its gradient. It takes logits: what the last layer gives, without a softmax. */
export interface Loss {
  /** The name that options, configs and summaries use. */
  readonly name: string;
  /** What it compares the output with. */
  readonly targets: "classes" | "values";
  /** What tells a person how good a model is: the share of right classes, or the root of the mean loss of squares. */
  readonly measure: "accuracy" | "rmse";
  /**
   * Writes each sample's loss to `losses` `[batch × 1]` and ∂cost/∂output, already divided by the batch's size, to `gradient`.
   * Runs kernels only and reads nothing back: it is called once for each size of batch and replayed. Throws an NnError if the targets are of the other kind.
   */
  evaluate(output: Matrix, targets: Targets, gradient: Matrix, losses: Matrix): void;
}
