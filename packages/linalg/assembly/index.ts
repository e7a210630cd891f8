// What the module gives: jobs, which a team of threads divides, and what prepares them. Addresses are bytes in the one
// imported memory; shapes and bounds are checked before a call, never here.
export { buildCompressed, buildTransposed, compressedBytes } from "./sparse/build";
export { DRAWS_EACH } from "./nonlinear/dropout";
export { SUM_ROWS_EACH } from "./normalization/batchNorm";
export { MR } from "./level3/tiles";
export { countNonzeros } from "./sparse/compress";
export { FEWEST_COLUMNS } from "./sparse/prepare";
export { NORM_BLOCK } from "./optimizers/norms";
export { allowSleep } from "./team/barrier";
export { JOB, MOST_THREADS } from "./team/control";
export { takeFault } from "./team/fault";
export { takeHalt } from "./team/halt";
export { ARGUMENTS, BARRIER, EPILOGUE, JOB_BYTES, OPERATION, SHARED } from "./team/job";
export * from "./team/operations";
export { COLUMNS_EACH, LINE } from "./team/part";
export { assemble, dismiss, fall, fork, help, performAlone } from "./team/team";
export { useWorkspace, workspaceBytes } from "./workspace";

/** The first address that the module leaves alone. */
export const heapBase: usize = __heap_base;

// Micro-kernels are exports so that they stay functions of their own: within a larger one, the compiler of an engine would
// not find registers for all of their sums.
export * from "./images/patchKernels";
export * from "./level3/flatKernels";
export * from "./level3/kernels";
export * from "./level3/thinKernels";
export * from "./sparse/inPlaceKernels";
export * from "./sparse/kernels";
