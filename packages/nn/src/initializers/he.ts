import { fansOf, type Initializer } from "./Initializer.ts";
import { normal } from "./normal.ts";

/** Independent N(0, 2 / fanIn), which keeps the variance through relu layers (He et al., 2015, equation 10). */
export function he(): Initializer {
  return (weights, stream, { fanIn } = fansOf(weights)) => normal({ stddev: Math.sqrt(2 / fanIn) })(weights, stream);
}
