// What the module gives: operations that a team of threads divides, and those that are one thread's. Addresses are
// bytes in the one imported memory; shapes and bounds are checked before a call, never here.
export { isSparse } from "./level3/gemmPart";
export { countEqual } from "./losses/countEqual";
export { meanSquaredError } from "./losses/meanSquaredError";
export { softmaxCrossEntropy } from "./losses/softmaxCrossEntropy";
export { advancePower } from "./optimizers/adam";
export { ARGUMENTS } from "./team/control";
export * from "./team/operations";
export { perform } from "./team/perform";
export { assemble, dismiss, fall, fork, help } from "./team/team";
export { useWorkspace, workspaceBytes } from "./workspace";

/** The first address that the module leaves alone. */
export const heapBase: usize = __heap_base;
