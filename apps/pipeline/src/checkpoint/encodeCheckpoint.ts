// A checkpoint as one safetensors file, which other tools can open as well.
import { encodeSealed } from "../files/seal.ts";
import type { Checkpoint } from "./Checkpoint.ts";

/** Tells a checkpoint of ours, in this layout, from any other safetensors file. */
export const CHECKPOINT_FORMAT = { format: "downhill-checkpoint", formatVersion: "1" } as const;

/** Before the names of the best epoch's tensors. */
export const BEST_PREFIX = "best/";

/** The bytes of the file. */
export function encodeCheckpoint({ state, preprocessing, tensors, best = [] }: Checkpoint): Uint8Array<ArrayBuffer> {
  const metadata = {
    ...CHECKPOINT_FORMAT,
    state: JSON.stringify(state),
    classes: JSON.stringify(preprocessing.classes ?? null),
    data: JSON.stringify(preprocessing),
  };
  const all = [...tensors, ...best.map((tensor) => ({ ...tensor, name: BEST_PREFIX + tensor.name }))];
  return encodeSealed({ tensors: all, metadata });
}
