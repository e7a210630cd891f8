import { type Matrix, type Program, sigmoid, softmax } from "@downhill/linalg";
import type { Sequential } from "../Sequential.ts";

/** Where a captured prediction leaves its result. */
const outputs = new WeakMap<Program, Matrix>();

/**
 * What the model says of `size` samples `[size × inputs]`, at most its batch size: probabilities `[size × classes]` where
 * it was trained on classes, of two by one output too; else values or the probabilities of labels `[size × outputs]`; a fresh array. Throws an NnError if the features don't fit.
 */
export function predict(model: Sequential, features: ArrayLike<number>, size: number): Float32Array<ArrayBuffer> {
  const { workspace, programs } = model;
  const input = workspace.loadFeatures(features, size);
  let output: Matrix | undefined;
  const program = programs.of(predict, workspace, size, () => {
    output = model.forward(input, "inference");
    if (model.loss.output === "softmax") softmax(output, output);
    if (model.loss.output === "sigmoid") sigmoid(output, output);
  });
  if (output !== undefined) outputs.set(program, output);
  program.run();
  const found = (outputs.get(program) as Matrix).data;
  return model.predictions === model.outputs ? found.slice() : bothClasses(found);
}

// From the probability of class 1 those of class 0 and class 1.
function bothClasses(ones: Float32Array): Float32Array<ArrayBuffer> {
  const both = new Float32Array(2 * ones.length);
  ones.forEach((one, index) => {
    both[2 * index] = 1 - one;
    both[2 * index + 1] = one;
  });
  return both;
}
