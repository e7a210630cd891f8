// A checkpoint as one safetensors file, which other tools can open as well.
import type { Tensor } from "@downhill/nn";
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
  // Doubles first, so that each tensor stands where its numbers can be read in place.
  return encodeSealed({ tensors: [...all.filter(isDouble), ...all.filter((tensor) => !isDouble(tensor))], metadata });
}

function isDouble({ data }: Tensor): boolean {
  return data instanceof Float64Array;
}
