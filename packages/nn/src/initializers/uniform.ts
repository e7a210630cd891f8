import type { Initializer } from "./Initializer.ts";

/** Independent and uniform within ±limit, in row order. */
export function uniform(options: { readonly limit: number }): Initializer {
  const { limit } = options;
  return (weights, stream) => {
    const { data } = weights;
    for (let index = 0; index < data.length; index += 1) data[index] = (2 * stream.uniform() - 1) * limit;
  };
}
