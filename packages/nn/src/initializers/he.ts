import type { Initializer } from "./Initializer.ts";
import { normal } from "./normal.ts";

/** Independent N(0, 2 / inputs), which keeps the variance through relu layers (He et al., 2015, equation 10). */
export function he(): Initializer {
  return (weights, stream) => normal({ stddev: Math.sqrt(2 / weights.rows) })(weights, stream);
}
