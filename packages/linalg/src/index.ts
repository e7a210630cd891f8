export { Cell } from "./Cell.ts";
export { createLinalg } from "./createLinalg.ts";
export { Indices } from "./Indices.ts";
export type { Kernels, Pointer } from "./kernels.ts";
export { axpy, gather, gatherRows, scal } from "./level1.ts";
export { addRow, sumRows } from "./level2.ts";
export { gemm, type GemmOptions } from "./level3.ts";
export { Linalg } from "./Linalg.ts";
export { LinalgError } from "./LinalgError.ts";
export { countEqual, meanSquaredError, softmaxCrossEntropy } from "./losses.ts";
export { Matrix } from "./Matrix.ts";
export {
  argmax,
  exp,
  log,
  normalQuantile,
  relu,
  reluGradient,
  softmax,
  tanh,
  tanhGradient,
} from "./nonlinear.ts";
export { adam, type AdamRates, advancePower } from "./optimizers.ts";
