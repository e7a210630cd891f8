// The shapes of chance that the drawing needs, on top of a stream's uniforms.
import type { RandomStream } from "@downhill/random";

/** A uniform number between `low` and `high`. */
export function between(stream: RandomStream, low: number, high: number): number {
  return low + (high - low) * stream.uniform();
}

/** A number around 0 with a triangular density: small ones are likely, and none is beyond ±`reach`. */
export function around(stream: RandomStream, reach: number): number {
  return reach * (stream.uniform() + stream.uniform() - 1);
}

/** True with the probability `chance`. */
export function happens(stream: RandomStream, chance: number): boolean {
  return stream.uniform() < chance;
}
