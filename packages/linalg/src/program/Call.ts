// A kernel call as a value: what it does, with which numbers, and which memory its threads read and write. It can be done at
// once, or recorded and replayed.
import type { Pointer } from "../wasm.ts";

/** The name of an operation's number in the module. */
export type Operation =
  | "AXPY"
  | "SCAL"
  | "EXP"
  | "LOG"
  | "TANH"
  | "RELU"
  | "NORMAL_QUANTILE"
  | "TANH_GRADIENT"
  | "RELU_GRADIENT"
  | "ADAM"
  | "ADD_ROW"
  | "SOFTMAX"
  | "ARGMAX"
  | "GATHER_ROWS"
  | "SOFTMAX_CROSS_ENTROPY"
  | "MEAN_SQUARED_ERROR"
  | "SUM_ROWS"
  | "GEMM"
  | "TAKE_INDICES"
  | "ADD_SUM"
  | "COUNT_EQUAL"
  | "ADVANCE_POWER"
  | "HALT_UNLESS_FINITE"
  | "LEAKY_RELU"
  | "LEAKY_RELU_GRADIENT"
  | "SIGMOID"
  | "SIGMOID_GRADIENT"
  | "GELU"
  | "GELU_GRADIENT"
  | "WEIGHTED_CROSS_ENTROPY"
  | "BINARY_CROSS_ENTROPY"
  | "MEAN_ABSOLUTE_ERROR"
  | "HUBER"
  | "ADD_SQUARES"
  | "COUNT_SIDES"
  | "SGD"
  | "RMS_PROP"
  | "BLOCK_NORMS"
  | "CLIP_SCALE"
  | "REPLAY"
  | ImageOperation;

/** The ones of assembly/team/performImages.ts. */
export type ImageOperation =
  | "DROPOUT"
  | "MULTIPLY"
  | "MAX_POOL"
  | "MAX_POOL_GRADIENT"
  | "AVERAGE_POOL"
  | "AVERAGE_POOL_GRADIENT"
  | "PLACE_IMAGES"
  | "NORMALIZE"
  | "NORMALIZE_GRADIENT"
  | "BATCH_SUMS"
  | "BATCH_GRADIENT_SUMS"
  | "CONV2D"
  | "CONV2D_GRADIENT"
  | "TURN_KERNEL"
  | "BATCH_MOMENTS"
  | "INVERSE_DEVIATION"
  | "BATCH_GRADIENTS"
  | "ADVANCE";

/**
 * Memory that a call touches. A thread's part is `items` of `itemBytes` each, handed out in multiples of `unit`, as
 * assembly/team/part.ts does it; without `itemBytes` any thread may touch all of it.
 */
export interface Operand {
  readonly start: Pointer;
  readonly end: Pointer;
  readonly itemBytes?: number;
  readonly items?: number;
  readonly unit?: number;
}

/** One call of a kernel. */
export interface Call {
  readonly operation: Operation;
  /** The kernel's arguments, at most 24. */
  readonly args: readonly number[];
  /** About how many elements it has to do with; what is small is one thread's. */
  readonly work: number;
  readonly reads: readonly Operand[];
  readonly writes: readonly Operand[];
}

/** Work of less than this, some microseconds, is one thread's: to wait for another one would cost more, far more where cores are busy. */
const WORTH_DIVIDING = 16_384;

/** Whether the threads share a call. */
export function isShared({ work }: Call): boolean {
  return work >= WORTH_DIVIDING;
}

/** The f64 of a cell. */
export function cellAt(start: Pointer): Operand {
  return { start, end: start + 8 };
}

/** Memory of which any thread may touch any part. */
export function whole(start: Pointer, elements: number): Operand {
  return { start, end: start + elements * 4 };
}

/** `items` of `width` elements each, divided among threads in multiples of `unit` items. */
export function divided(start: Pointer, items: number, width: number, unit: number): Operand {
  return { start, end: start + items * width * 4, itemBytes: width * 4, items, unit };
}
