import type { LayerDescription } from "./layers/Layer.ts";

/** A layer at its place in a model. */
export interface NamedLayer {
  /** Type and number among its like, from 1: `dense_1`. */
  readonly name: string;
  readonly description: LayerDescription;
  readonly inputs: number;
  readonly outputs: number;
  readonly parameters: number;
}

/** Names the layers and works out their widths for `inputs` columns of input; takes no memory. */
export function nameLayers(layers: readonly LayerDescription[], inputs: number): NamedLayer[] {
  const counts = new Map<string, number>();
  let width = inputs;
  return layers.map((description) => {
    const number = (counts.get(description.type) ?? 0) + 1;
    counts.set(description.type, number);
    const named = {
      name: `${description.type}_${number}`,
      description,
      inputs: width,
      outputs: description.outputs(width),
      parameters: description.parameterCount(width),
    };
    width = named.outputs;
    return named;
  });
}
