import { softmax } from "@downhill/linalg";
import type { Sequential } from "../Sequential.ts";

/**
 * What the model says of `size` samples `[size × inputs]`, at most its batch size: probabilities `[size × classes]` where
 * it was trained on classes, else values `[size × outputs]`; a fresh array. Throws an NnError if the features don't fit.
 */
export function predict(model: Sequential, features: ArrayLike<number>, size: number): Float32Array<ArrayBuffer> {
  const output = model.forward(model.workspace.loadFeatures(features, size));
  if (model.loss.targets === "classes") softmax(output, output);
  return output.data.slice();
}
