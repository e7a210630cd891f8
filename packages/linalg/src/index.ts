export { Cell } from "./Cell.ts";
export { createLinalg, type LinalgOptions } from "./createLinalg.ts";
export { Indices } from "./Indices.ts";
export { axpy, gather, gatherRows, scal, takeIndices } from "./level1.ts";
export { addRow, sumRows } from "./level2.ts";
export { dropout, type DropoutDraws, multiply } from "./dropout.ts";
export {
  averagePool,
  averagePoolGradient,
  conv2d,
  conv2dGradient,
  maxPool,
  maxPoolGradient,
  type Placement,
  placeImages,
  turnKernel,
} from "./images.ts";
export {
  batchMoments,
  inverseDeviation,
  type Moments,
  normalize,
  normalizeGradient,
  type NormalizeOptions,
  type RunningMoments,
} from "./normalization.ts";
export { Windows, type WindowOptions } from "./Windows.ts";
export { gemm, type GemmOptions } from "./level3.ts";
export { type Execution, Linalg } from "./Linalg.ts";
export { LinalgError } from "./LinalgError.ts";
export {
  addSquares,
  addSum,
  binaryCrossEntropy,
  countEqual,
  countSides,
  haltUnlessFinite,
  huber,
  meanAbsoluteError,
  meanSquaredError,
  type Softening,
  softmaxCrossEntropy,
  weightedCrossEntropy,
} from "./losses.ts";
export { Matrix } from "./Matrix.ts";
export {
  argmax,
  exp,
  gelu,
  geluGradient,
  leakyRelu,
  leakyReluGradient,
  log,
  normalQuantile,
  relu,
  reluGradient,
  sigmoid,
  sigmoidGradient,
  softmax,
  tanh,
  tanhGradient,
} from "./nonlinear.ts";
export {
  adam,
  type AdamRates,
  advancePower,
  blockNorms,
  clipScale,
  type GradientUse,
  NORM_BLOCK,
  rmsProp,
  type RmsPropRates,
  sgd,
  type SgdRates,
} from "./optimizers.ts";
export { Program } from "./program/Program.ts";
export { selfTest } from "./selfTest/selfTest.ts";
export type { Pointer } from "./wasm.ts";
