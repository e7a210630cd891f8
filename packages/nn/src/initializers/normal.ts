import { type Matrix, normalQuantile, scal } from "@downhill/linalg";
import type { RandomStream } from "@downhill/random";
import type { Initializer } from "./Initializer.ts";

/** Independent N(0, stddev²): the normal quantile of the stream's uniforms, in row order. */
export function normal(options: { readonly stddev: number }): Initializer {
  return (weights: Matrix, stream: RandomStream) => {
    const { data } = weights;
    for (let index = 0; index < data.length; index += 1) data[index] = stream.uniform();
    normalQuantile(weights, weights);
    scal(options.stddev, weights);
  };
}
