// The kernels by BLAS's levels. Addresses are bytes in the one imported memory; shapes and bounds are checked before
// a call, never here. Everything above __heap_base belongs to the caller.
export { axpy } from "./level1/axpy";
export { gatherRows } from "./level1/gather";
export { scal } from "./level1/scal";
export { addRow } from "./level2/addRow";
export { sumRows } from "./level2/sumRows";
export { gemm } from "./level3/gemm";
export { argmax } from "./nonlinear/argmax";
export { exp } from "./nonlinear/exp";
export { log } from "./nonlinear/log";
export { normalQuantile } from "./nonlinear/normalQuantile";
export { relu, reluGradient } from "./nonlinear/relu";
export { softmax } from "./nonlinear/softmax";
export { tanh, tanhGradient } from "./nonlinear/tanh";
export { countEqual } from "./losses/countEqual";
export { meanSquaredError } from "./losses/meanSquaredError";
export { softmaxCrossEntropy } from "./losses/softmaxCrossEntropy";
export { adam, advancePower } from "./optimizers/adam";

/** The first address that the kernels leave alone: packing buffers lie below it. */
export const heapBase: usize = __heap_base;
