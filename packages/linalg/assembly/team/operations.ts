// The operations that a team divides, by number. They are exports of the module: the caller reads them from it.
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
/** From here on the first two arguments are rows and columns. */
export const FIRST_BY_ROWS: i32 = 10;
export const ADD_ROW: i32 = 10;
export const SOFTMAX: i32 = 11;
export const ARGMAX: i32 = 12;
export const GATHER_ROWS: i32 = 13;
export const SUM_ROWS: i32 = 14;
export const GEMM: i32 = 15;
