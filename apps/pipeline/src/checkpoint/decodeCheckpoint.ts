// A checkpoint back from its bytes. What the hash has let pass is as it was written; the schema is for versions of the format.
import { decodeSafetensors, NnError, type Tensor } from "@downhill/nn";
import { z } from "zod";
import { checkSeal, isSealed } from "../files/seal.ts";
import { preprocessingSchema } from "../model/decodeModel.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { Checkpoint, TrainingState } from "./Checkpoint.ts";
import { BEST_PREFIX, CHECKPOINT_FORMAT } from "./encodeCheckpoint.ts";

const count = z.int().min(0);

const stateSchema: z.ZodType<TrainingState> = z.object({
  run: z.string(),
  seed: count,
  position: z.object({ epoch: count, batch: count }),
  sums: z.object({ samples: count, lossSum: z.number(), hits: z.number(), squares: z.number() }),
  epochMs: z.number(),
  durationMs: z.number(),
  samples: count,
  schedule: z.object({ best: z.number().nullable(), waited: count, factor: z.number() }).optional(),
  best: z.object({ epoch: count, cost: z.number() }).optional(),
});

/** Reads the bytes of `path`; the tensors are views of them. Throws a PipelineError (model) if they are not a checkpoint of ours, whole. */
export function decodeCheckpoint(bytes: Uint8Array, path: string): Checkpoint {
  try {
    if (!isSealed(bytes)) throw new NnError("it does not begin as a checkpoint does; it is cut short, damaged, or another file");
    checkSeal(bytes);
    const { tensors, metadata } = decodeSafetensors(bytes);
    const { format = "unknown", formatVersion = "", state = "", data = "" } = metadata;
    if (format !== CHECKPOINT_FORMAT.format || formatVersion !== CHECKPOINT_FORMAT.formatVersion) {
      const found = `${format} ${formatVersion}`.trimEnd();
      throw new NnError(`its format is ${found}; expected ${CHECKPOINT_FORMAT.format} ${CHECKPOINT_FORMAT.formatVersion}`);
    }
    const best = tensors.filter(isBest).map((tensor) => ({ ...tensor, name: tensor.name.slice(BEST_PREFIX.length) }));
    return {
      state: stateSchema.parse(JSON.parse(state)),
      preprocessing: preprocessingSchema.parse(JSON.parse(data)),
      tensors: tensors.filter((tensor) => !isBest(tensor)),
      ...(best.length > 0 && { best }),
    };
  } catch (cause) {
    throw new PipelineError(EXIT.model, `${path}: ${(cause as Error).message}`, { cause });
  }
}

function isBest({ name }: Tensor): boolean {
  return name.startsWith(BEST_PREFIX);
}
