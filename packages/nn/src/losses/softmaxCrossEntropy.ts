import { Indices, type Linalg, type Matrix, softmaxCrossEntropy as kernel, weightedCrossEntropy as weightedKernel } from "@downhill/linalg";
import { NnError } from "../NnError.ts";
import type { Loss, Targets } from "./Loss.ts";

/** How cross-entropy differs from the plain one. */
export interface WeightedCrossEntropyOptions {
  /** Share of each target that is spread evenly over all classes, 0 by default; at least 0 and below 1. */
  readonly labelSmoothing?: number;
  /** A factor for the loss of each class's samples, by class index; 1 for all by default. */
  readonly classWeights?: readonly number[];
}

/** For classes: −log softmax(logits)[target], stable for any logits, fused with its gradient. */
export const softmaxCrossEntropy: Loss = {
  name: "softmaxCrossEntropy",
  targets: "classes",
  output: "softmax",
  measure: "accuracy",
  evaluate(output, targets, gradient, losses) {
    kernel(output, classesOf(targets), gradient, losses);
  },
};

/**
 * softmaxCrossEntropy with smoothed targets (Szegedy et al., 2016, section 7) and weighted classes: w[target]·Σⱼ qⱼ·(−log softmax(z)ⱼ), q = (1 − ε)·onehot +
 * ε/classes. The cost is the mean over samples, as in Keras; it isn't divided by the sum of the weights. Throws an NnError on options out of range.
 */
export function weightedCrossEntropy(options: WeightedCrossEntropyOptions): Loss {
  const { labelSmoothing = 0, classWeights } = options;
  if (!(labelSmoothing >= 0 && labelSmoothing < 1))
    throw new NnError(`softmaxCrossEntropy: labelSmoothing is ${labelSmoothing}; it must be at least 0 and below 1`);
  classWeights?.forEach((weight, index) => {
    if (!(weight >= 0 && weight < Infinity))
      throw new NnError(`softmaxCrossEntropy: classWeights[${index}] is ${weight}; it must be a number of at least 0`);
  });
  /** One row of weights in each memory. */
  const rows = new WeakMap<Linalg, Matrix>();
  return {
    ...softmaxCrossEntropy,
    prepare(linalg, outputs) {
      if (classWeights === undefined || rows.has(linalg)) return;
      if (classWeights.length !== outputs)
        throw new NnError(`softmaxCrossEntropy: there are ${classWeights.length} classWeights but the model has ${outputs} outputs`);
      rows.set(
        linalg,
        linalg.lasting(() => linalg.matrix(1, outputs, classWeights)),
      );
    },
    evaluate(output, targets, gradient, losses) {
      const weights = rows.get(output.linalg);
      weightedKernel(output, classesOf(targets), gradient, losses, { smoothing: labelSmoothing, ...(weights && { weights }) });
    },
  };
}

function classesOf(targets: Targets): Indices {
  if (targets instanceof Indices) return targets;
  throw new NnError("softmaxCrossEntropy: the targets are values; give class indices");
}
