import { fansOf, type Initializer } from "./Initializer.ts";
import { uniform } from "./uniform.ts";

/** Independent and uniform within ±√(6 / (fanIn + fanOut)), for tanh and sigmoid layers (Glorot and Bengio, 2010, equation 16). */
export function glorot(): Initializer {
  return (weights, stream, { fanIn, fanOut } = fansOf(weights)) => uniform({ limit: Math.sqrt(6 / (fanIn + fanOut)) })(weights, stream);
}
