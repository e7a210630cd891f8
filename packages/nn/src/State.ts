// What training changes besides the parameters: moments, running means, counters. With the parameters, it is all that the
// next step depends on, so a checkpoint that holds both goes on to the same bits.
import type { Cell, Matrix } from "@downhill/linalg";

/** A matrix (f32) or a cell (f64) that a training step changes. */
export interface StateEntry {
  /** Unique in a model or an optimizer, such as `dense_1/weights/m`. */
  readonly name: string;
  readonly value: Matrix | Cell;
}
