import type { Indices, Linalg, Matrix } from "@downhill/linalg";

/** The right answers for a batch in linalg's memory: class indices, or values `[batch × outputs]`. */
export type Targets = Indices | Matrix;

/** The loss of a sample, with its gradient. It takes logits: what the last layer gives, without a softmax or a sigmoid. */
export interface Loss {
  /** The name that options, configs and summaries use. */
  readonly name: string;
  /** What it compares the output with. */
  readonly targets: "classes" | "values";
  /** The least and the greatest target that it takes, where not every number is one. */
  readonly range?: readonly [least: number, greatest: number];
  /** What makes probabilities of the logits; without it, the output is the prediction. */
  readonly output?: "softmax" | "sigmoid";
  /**
   * What tells a person how good a model is: the share of right classes (with a sigmoid, of right sides of ½, the mean over the
   * outputs), or the root of the mean square error.
   */
  readonly measure: "accuracy" | "rmse";
  /** Takes the memory that `evaluate` needs, once for a model. Throws an NnError if it can't take so many outputs. */
  prepare?(linalg: Linalg, outputs: number): void;
  /**
   * Writes each sample's loss to `losses` `[batch × 1]` and ∂cost/∂output, already divided by the batch's size, to `gradient`.
   * Runs kernels only and reads nothing back: it is called once for each size of batch and replayed. Throws an NnError if the targets are of the other kind.
   */
  evaluate(output: Matrix, targets: Targets, gradient: Matrix, losses: Matrix): void;
}
