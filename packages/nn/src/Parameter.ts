import type { Matrix } from "@downhill/linalg";

/** Trainable numbers with the gradient of the cost by them; both `[rows × columns]`, in linalg's memory. */
export interface Parameter {
  /** Unique in a model: layer and role, such as `dense_1/weights`. */
  readonly name: string;
  readonly value: Matrix;
  readonly gradient: Matrix;
}
