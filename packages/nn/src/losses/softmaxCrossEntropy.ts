import { Indices, softmaxCrossEntropy as kernel } from "@downhill/linalg";
import { NnError } from "../NnError.ts";
import type { Loss } from "./Loss.ts";

/** For classes: −log softmax(logits)[target], stable for any logits, fused with its gradient. */
export const softmaxCrossEntropy: Loss = {
  name: "softmaxCrossEntropy",
  targets: "classes",
  measure: "accuracy",
  evaluate(output, targets, gradient, losses) {
    if (!(targets instanceof Indices)) throw new NnError("softmaxCrossEntropy: the targets are values; give class indices");
    kernel(output, targets, gradient, losses);
  },
};
