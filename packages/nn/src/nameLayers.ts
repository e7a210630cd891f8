import type { LayerDescription } from "./layers/Layer.ts";
import { NnError } from "./NnError.ts";
import { type Shape, sizeOf } from "./Shape.ts";

/** A layer at its place in a model. */
export interface NamedLayer {
  /** Type and number among its like, from 1: `dense_1`. */
  readonly name: string;
  readonly description: LayerDescription;
  /** The shapes of a sample as it comes in and goes out. */
  readonly input: Shape;
  readonly output: Shape;
  /** Their sizes: columns of the layer's matrices. */
  readonly inputs: number;
  readonly outputs: number;
  readonly parameters: number;
  /** Multiplications and additions of a sample's forward pass. */
  readonly flops: number;
}

/** Names the layers and works out their shapes for samples of shape `input`; takes no memory. Throws an NnError, with the layer's name, where a shape doesn't fit. */
export function nameLayers(layers: readonly LayerDescription[], input: Shape): NamedLayer[] {
  const counts = new Map<string, number>();
  let shape = input;
  return layers.map((description) => {
    const number = (counts.get(description.type) ?? 0) + 1;
    counts.set(description.type, number);
    const named = place(`${description.type}_${number}`, description, shape);
    shape = named.output;
    return named;
  });
}

function place(name: string, description: LayerDescription, input: Shape): NamedLayer {
  try {
    const output = description.output(input);
    return {
      name,
      description,
      input,
      output,
      inputs: sizeOf(input),
      outputs: sizeOf(output),
      parameters: description.parameterCount(input),
      flops: description.flops(input),
    };
  } catch (cause) {
    if (cause instanceof NnError) throw new NnError(`${name}: ${cause.message}`, { cause });
    throw cause;
  }
}
