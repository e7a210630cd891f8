import { type Matrix, type Program, softmax } from "@downhill/linalg";
import type { Sequential } from "../Sequential.ts";

/** Where a captured prediction leaves its result. */
const outputs = new WeakMap<Program, Matrix>();

/**
 * What the model says of `size` samples `[size × inputs]`, at most its batch size: probabilities `[size × classes]` where
 * it was trained on classes, else values `[size × outputs]`; a fresh array. Throws an NnError if the features don't fit.
 */
export function predict(model: Sequential, features: ArrayLike<number>, size: number): Float32Array<ArrayBuffer> {
  const { workspace, programs } = model;
  const input = workspace.loadFeatures(features, size);
  let output: Matrix | undefined;
  const program = programs.of(predict, workspace, size, () => {
    output = model.forward(input, "inference");
    if (model.loss.targets === "classes") softmax(output, output);
  });
  if (output !== undefined) outputs.set(program, output);
  program.run();
  return (outputs.get(program) as Matrix).data.slice();
}
