import type { Tensor } from "./codecs/safetensors.ts";
import type { Sequential } from "./Sequential.ts";

/** The model's parameters as tensors, in layer order, weights before biases; copies. */
export function parameterTensors(model: Sequential): Tensor[] {
  return model.parameters.map(({ name, value }) => ({ name, shape: [value.rows, value.columns], data: value.data.slice() }));
}
