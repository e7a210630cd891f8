import { binaryCrossEntropy as kernel, Indices } from "@downhill/linalg";
import { NnError } from "../NnError.ts";
import type { Loss } from "./Loss.ts";

/** For two classes and one output, the logit of class 1: −log of the probability of the target, stable for any logit. */
export const binaryCrossEntropy: Loss = {
  name: "binaryCrossEntropy",
  targets: "classes",
  output: "sigmoid",
  measure: "accuracy",
  prepare(_linalg, outputs) {
    if (outputs === 1) return;
    throw new NnError(
      `binaryCrossEntropy: the model has ${outputs} outputs; for two classes end with one unit, for several labels a sample give values as targets`,
    );
  },
  evaluate(output, targets, gradient, losses) {
    if (!(targets instanceof Indices)) throw new NnError("binaryCrossEntropy: the targets are values; give class indices");
    kernel(output, targets, gradient, losses);
  },
};

/** For outputs that are each a question of their own, with targets in [0, 1] `[batch × outputs]`: the mean over the outputs. */
export const binaryCrossEntropyOfValues: Loss = {
  name: "binaryCrossEntropy",
  targets: "values",
  range: [0, 1],
  output: "sigmoid",
  measure: "accuracy",
  evaluate(output, targets, gradient, losses) {
    if (targets instanceof Indices) throw new NnError("binaryCrossEntropy: the targets are class indices; give values");
    kernel(output, targets, gradient, losses);
  },
};
