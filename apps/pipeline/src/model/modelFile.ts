// model.safetensors: the weights, and in its metadata all that is needed to use them without the config.
import { decodeSafetensors, encodeSafetensors, type LayerConfig, type LossName, NnError, type Tensor } from "@downhill/nn";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { Preprocessing } from "../trainer/loadSets.ts";

/** A trained model as its file holds it. */
export interface ModelFile {
  readonly name: string;
  readonly layers: readonly LayerConfig[];
  readonly loss: LossName;
  readonly preprocessing: Preprocessing;
  /** Epochs it was trained for. */
  readonly epochs: number;
  readonly tensors: readonly Tensor[];
}

const FORMAT = "downhill-model";
const FORMAT_VERSION = "1";

/** The bytes of the file. */
export function encodeModel({ name, layers, loss, preprocessing, epochs, tensors }: ModelFile): Uint8Array<ArrayBuffer> {
  const metadata = {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    name,
    layers: JSON.stringify(layers),
    loss,
    classes: JSON.stringify(preprocessing.classes ?? null),
    data: JSON.stringify(preprocessing),
    epochs: String(epochs),
  };
  return encodeSafetensors({ tensors, metadata });
}

/** Reads the bytes of `path`. Throws a PipelineError (model) if they are not a model of ours. */
export function decodeModel(bytes: Uint8Array, path: string): ModelFile {
  try {
    const { tensors, metadata } = decodeSafetensors(bytes);
    if (metadata["format"] !== FORMAT || metadata["formatVersion"] !== FORMAT_VERSION) {
      throw new NnError(
        `its format is ${metadata["format"] ?? "unknown"} ${metadata["formatVersion"] ?? ""}; expected ${FORMAT} ${FORMAT_VERSION}`,
      );
    }
    return {
      name: metadata["name"],
      layers: JSON.parse(metadata["layers"]) as LayerConfig[],
      loss: metadata["loss"] as LossName,
      preprocessing: JSON.parse(metadata["data"]) as Preprocessing,
      epochs: Number(metadata["epochs"]),
      tensors,
    };
  } catch (cause) {
    throw new PipelineError(EXIT.model, `${path}: ${(cause as Error).message}`, { cause });
  }
}
