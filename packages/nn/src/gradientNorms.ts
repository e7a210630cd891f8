// How large the gradients of the last batch were, layer by layer: vanishing and exploding ones show in it first.
import type { Sequential } from "./Sequential.ts";

/**
 * √Σg² over the parameters of each layer that has any, by the layer's name: of the gradients as the last step left them in memory, 0
 * before the first. Summed in f64 in the order of the parameters, so that the same gradients give the same bits.
 */
export function gradientNorms(model: Sequential): Record<string, number> {
  const squares = new Map<string, number>();
  for (const { name, gradient } of model.parameters) {
    const layer = name.slice(0, name.lastIndexOf("/"));
    let sum = squares.get(layer) ?? 0;
    for (const value of gradient.data) sum += value * value;
    squares.set(layer, sum);
  }
  return Object.fromEntries(Array.from(squares, ([layer, sum]) => [layer, Math.sqrt(sum)]));
}
