// model.safetensors: the weights, and in its metadata all that is needed to use them without the config.
import type { Preprocessing } from "@downhill/data";
import type { LayerConfig, LossConfig, Tensor } from "@downhill/nn";
import type { DialectConfig } from "../config/Config.ts";
import { encodeSealed } from "../files/seal.ts";

/** A trained model as its file holds it. */
export interface ModelFile {
  readonly name: string;
  readonly layers: readonly LayerConfig[];
  readonly loss: LossConfig;
  readonly preprocessing: Preprocessing;
  /** What the config said of the CSV files of training; rows to predict are read in the same way. */
  readonly dialect: DialectConfig;
  /** Epochs it was trained for. */
  readonly epochs: number;
  /** The parameters in layer order, then what inference needs besides: BatchNorm's moving averages. */
  readonly tensors: readonly Tensor[];
}

/** Tells a model of ours, in this layout, from any other safetensors file. */
export const MODEL_FORMAT = { format: "downhill-model", formatVersion: "2" } as const;

/** What models had that were written without a hash, and are like ours otherwise. */
export const UNSEALED_VERSION = "1";

/** The bytes of the file. */
export function encodeModel({ name, layers, loss, preprocessing, dialect, epochs, tensors }: ModelFile): Uint8Array<ArrayBuffer> {
  const metadata = {
    ...MODEL_FORMAT,
    name,
    layers: JSON.stringify(layers),
    loss: typeof loss === "string" ? loss : JSON.stringify(loss),
    classes: JSON.stringify(preprocessing.classes ?? null),
    data: JSON.stringify(preprocessing),
    ...(Object.keys(dialect).length > 0 && { dialect: JSON.stringify(dialect) }),
    epochs: String(epochs),
  };
  return encodeSealed({ tensors, metadata });
}
