// The operations of jobs, by number. They are exports of the module: the caller reads them from it. Each kind has numbers to spare.
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
export const LEAKY_RELU: i32 = 10;
export const LEAKY_RELU_GRADIENT: i32 = 11;
export const SIGMOID: i32 = 12;
export const SIGMOID_GRADIENT: i32 = 13;
export const GELU: i32 = 14;
export const GELU_GRADIENT: i32 = 15;
export const SGD: i32 = 16;
export const RMS_PROP: i32 = 17;
/** From here on the first two arguments are rows and columns, and rows are divided. */
export const FIRST_BY_ROWS: i32 = 100;
export const ADD_ROW: i32 = 100;
export const SOFTMAX: i32 = 101;
export const ARGMAX: i32 = 102;
export const GATHER_ROWS: i32 = 103;
export const SOFTMAX_CROSS_ENTROPY: i32 = 104;
export const MEAN_SQUARED_ERROR: i32 = 105;
export const WEIGHTED_CROSS_ENTROPY: i32 = 106;
export const BINARY_CROSS_ENTROPY: i32 = 107;
export const MEAN_ABSOLUTE_ERROR: i32 = 108;
export const HUBER: i32 = 109;
/** Columns are divided. */
export const SUM_ROWS: i32 = 200;
/** Divided by its own rule. */
export const GEMM: i32 = 201;
/** Blocks are divided. */
export const BLOCK_NORMS: i32 = 202;
/** Many jobs, many times. */
export const REPLAY: i32 = 203;
/** From here on one thread does it all. */
export const FIRST_ALONE: i32 = 300;
export const TAKE_INDICES: i32 = 300;
export const ADD_SUM: i32 = 301;
export const COUNT_EQUAL: i32 = 302;
export const ADVANCE_POWER: i32 = 303;
export const HALT_UNLESS_FINITE: i32 = 304;
export const ADD_SQUARES: i32 = 305;
export const COUNT_SIDES: i32 = 306;
export const CLIP_SCALE: i32 = 307;
/** From here on: what layers of images, normalisation and dropout do, see performImages. */
export const FIRST_OF_IMAGES: i32 = 400;
/** Elements are divided. */
export const DROPOUT: i32 = 400;
export const MULTIPLY: i32 = 401;
/** Images are divided. */
export const MAX_POOL: i32 = 402;
export const MAX_POOL_GRADIENT: i32 = 403;
export const AVERAGE_POOL: i32 = 404;
export const AVERAGE_POOL_GRADIENT: i32 = 405;
export const PLACE_IMAGES: i32 = 406;
/** Rows, or blocks of them, are divided. */
export const NORMALIZE: i32 = 407;
export const NORMALIZE_GRADIENT: i32 = 408;
export const BATCH_SUMS: i32 = 409;
export const BATCH_GRADIENT_SUMS: i32 = 410;
/** Divided by their own rule. */
export const CONV2D: i32 = 411;
export const CONV2D_GRADIENT: i32 = 412;
/** One thread does it all. */
export const TURN_KERNEL: i32 = 413;
export const BATCH_MOMENTS: i32 = 414;
export const INVERSE_DEVIATION: i32 = 415;
export const BATCH_GRADIENTS: i32 = 416;
export const ADVANCE: i32 = 417;
