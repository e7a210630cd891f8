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
/** Many jobs, many times. */
export const REPLAY: i32 = 22;
/** From here on: what layers of images, normalisation and dropout do, see performImages. */
export const FIRST_OF_IMAGES: i32 = 100;
/** Elements are divided. */
export const DROPOUT: i32 = 100;
export const MULTIPLY: i32 = 101;
/** Images are divided. */
export const MAX_POOL: i32 = 102;
export const MAX_POOL_GRADIENT: i32 = 103;
export const AVERAGE_POOL: i32 = 104;
export const AVERAGE_POOL_GRADIENT: i32 = 105;
export const PLACE_IMAGES: i32 = 106;
/** Rows, or blocks of them, are divided. */
export const NORMALIZE: i32 = 107;
export const NORMALIZE_GRADIENT: i32 = 108;
export const BATCH_SUMS: i32 = 109;
export const BATCH_GRADIENT_SUMS: i32 = 110;
/** Divided by their own rule. */
export const CONV2D: i32 = 111;
export const CONV2D_GRADIENT: i32 = 112;
/** One thread does it all. */
export const TURN_KERNEL: i32 = 113;
export const BATCH_MOMENTS: i32 = 114;
export const INVERSE_DEVIATION: i32 = 115;
export const BATCH_GRADIENTS: i32 = 116;
export const ADVANCE: i32 = 117;
