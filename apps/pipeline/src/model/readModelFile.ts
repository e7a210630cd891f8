// The model of a run folder from its file.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { RUN_FILES } from "../run/runFolder.ts";
import { decodeModel } from "./decodeModel.ts";
import type { ModelFile } from "./modelFile.ts";

/** Where a run folder has its model. */
export function modelPath(runDir: string): string {
  return join(runDir, RUN_FILES.model);
}

/** Reads the model of a run folder. Throws a PipelineError (model) if there is none or it is broken. */
export async function readModelFile(runDir: string): Promise<ModelFile> {
  const path = modelPath(runDir);
  return decodeModel(await readBytes(path), path);
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const what = missing ? "there is no model here; give the folder of a run that has ended" : (cause as Error).message;
    throw new PipelineError(EXIT.model, `${path}: ${what}`, { cause });
  }
}
