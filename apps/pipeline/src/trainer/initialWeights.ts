// Initial weights out of a safetensors file, where the config names one.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { decodeSafetensors, loadWeights, type LoadedWeights, type Sequential } from "@downhill/nn";
import type { WeightsConfig } from "../config/Config.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { SourceFile } from "./protocol.ts";

const LISTED = 6;

/** What is told of initial weights. */
export interface InitialWeights {
  readonly file: SourceFile;
  /** A line where only a part was taken. */
  readonly notice?: string;
}

/** Sets the weights of the model as the config says. Throws a PipelineError (model) if they can't be read or don't fit. */
export async function setInitialWeights(model: Sequential, config: WeightsConfig | string): Promise<InitialWeights> {
  const { file: path, ...options } = typeof config === "string" ? { file: config } : config;
  try {
    const bytes = await readFile(path);
    const loaded = loadWeights(model, decodeSafetensors(bytes).tensors, options);
    const notice = noticeOf(loaded, path);
    return {
      file: { path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") },
      ...(notice !== undefined && { notice }),
    };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const what = code === "ENOENT" ? `there is no file ${path}` : `${path}: ${message}`;
    throw new PipelineError(EXIT.model, `model.weights  ${what}`, { cause });
  }
}

function noticeOf({ set, kept }: LoadedWeights, path: string): string | undefined {
  if (kept.length === 0) return undefined;
  const more = kept.length > LISTED ? ` and ${kept.length - LISTED} more` : "";
  return `${set.length} of the model's ${set.length + kept.length} tensors begin as ${path} has them; as if there were no file: ${kept.slice(0, LISTED).join(", ")}${more}`;
}
