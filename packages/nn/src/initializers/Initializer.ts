import type { Matrix } from "@downhill/linalg";
import type { RandomStream } from "@downhill/random";

/** Fills weights `[inputs × units]` from a stream that is this parameter's own. */
export type Initializer = (weights: Matrix, stream: RandomStream) => void;
