import type { Matrix } from "@downhill/linalg";
import type { RandomStream } from "@downhill/random";

/** How many numbers go into an output of a layer, and how many outputs an input goes into. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Fills weights `[inputs × units]` from a stream that is this parameter's own; the fans are inputs and units unless told otherwise. */
export type Initializer = (weights: Matrix, stream: RandomStream, fans?: Fans) => void;

/** The fans of a matrix that is multiplied from the right: its rows and its columns. */
export function fansOf(weights: Matrix): Fans {
  return { fanIn: weights.rows, fanOut: weights.columns };
}
