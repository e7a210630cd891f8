// The operations of jobs, by number. They are exports of the module: the caller reads them from it.
export const AXPY: i32 = 0;
export const SCAL: i32 = 1;
export const EXP: i32 = 2;
export const LOG: i32 = 3;
export const TANH: i32 = 4;
export const RELU: i32 = 5;
export const NORMAL_QUANTILE: i32 = 6;
export const TANH_GRADIENT: i32 = 7;
export const RELU_GRADIENT: i32 = 8;
export const ADAM: i32 = 9;
/** From here on the first two arguments are rows and columns, and rows are divided. */
export const FIRST_BY_ROWS: i32 = 10;
export const ADD_ROW: i32 = 10;
export const SOFTMAX: i32 = 11;
export const ARGMAX: i32 = 12;
export const GATHER_ROWS: i32 = 13;
export const SOFTMAX_CROSS_ENTROPY: i32 = 14;
export const MEAN_SQUARED_ERROR: i32 = 15;
/** Columns are divided. */
export const SUM_ROWS: i32 = 16;
/** Divided by its own rule. */
export const GEMM: i32 = 17;
/** From here on one thread does it all. */
export const FIRST_ALONE: i32 = 18;
export const TAKE_INDICES: i32 = 18;
export const ADD_SUM: i32 = 19;
export const COUNT_EQUAL: i32 = 20;
export const ADVANCE_POWER: i32 = 21;
export const HALT_UNLESS_FINITE: i32 = 22;
/** Many jobs, many times. */
export const REPLAY: i32 = 23;
