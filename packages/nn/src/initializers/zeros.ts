import type { Initializer } from "./Initializer.ts";

/** All weights 0: for a last layer that is to begin without a preference; a hidden layer of zeros would never learn. */
export function zeros(): Initializer {
  return (weights) => {
    weights.data.fill(0);
  };
}
