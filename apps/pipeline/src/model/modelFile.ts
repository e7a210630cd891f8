// model.safetensors: the weights, and in its metadata all that is needed to use them without the config.
import { decodeSafetensors, encodeSafetensors, type LayerConfig, type LossName, type Tensor } from "@downhill/nn";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { Preprocessing } from "../trainer/loadSets.ts";
import { modelMetadata, readModelMetadata } from "./modelMetadata.ts";

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

/** The bytes of the file. */
export function encodeModel({ tensors, ...description }: ModelFile): Uint8Array<ArrayBuffer> {
  return encodeSafetensors({ tensors, metadata: modelMetadata(description) });
}

/** Reads the bytes of `path`. Throws a PipelineError (model) if they are not a model of ours. */
export function decodeModel(bytes: Uint8Array, path: string): ModelFile {
  try {
    const { tensors, metadata } = decodeSafetensors(bytes);
    return { ...readModelMetadata(metadata), tensors };
  } catch (cause) {
    throw new PipelineError(EXIT.model, `${path}: ${(cause as Error).message}`, { cause });
  }
}
