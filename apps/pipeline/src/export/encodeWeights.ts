// The weights alone as a safetensors file, for other tools: f32 matrices by name.
import { encodeSafetensors, type Tensor } from "@downhill/nn";
import type { ModelFile } from "../model/modelFile.ts";

/** A safetensors file of weights, and what is in it. */
export interface WeightsFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly tensors: readonly Tensor[];
}

/** The file: parameters and BatchNorm's averages; what only training needs (the position of dropout's draws) is left out. */
export function encodeWeights({ name, layers, loss, preprocessing, epochs, tensors }: ModelFile, version: string): WeightsFile {
  const weights = tensors.filter(({ data }) => data instanceof Float32Array);
  const metadata = {
    format: "downhill-weights",
    formatVersion: "1",
    downhill: version,
    name,
    epochs: String(epochs),
    layers: JSON.stringify(layers),
    loss: typeof loss === "string" ? loss : JSON.stringify(loss),
    preprocessing: JSON.stringify(preprocessing),
    ...(preprocessing.classes !== undefined && { classes: JSON.stringify(preprocessing.classes) }),
  };
  return { bytes: encodeSafetensors({ tensors: weights, metadata }), tensors: weights };
}
