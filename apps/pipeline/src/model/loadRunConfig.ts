// What a finished run was made from, out of its manifest.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config/Config.ts";
import { resolveConfig } from "../config/loadConfig.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { type Manifest, MANIFEST_FORMAT } from "../run/manifest.ts";
import { RUN_FILES } from "../run/runFolder.ts";
import type { SourceFile } from "../trainer/protocol.ts";

/** A run's config, and the files it read as they were then. */
export interface RunConfig {
  readonly config: Config;
  readonly files: readonly SourceFile[];
}

/** Reads a run's config; variables are filled in from the environment as it is now. Throws a PipelineError (model) if it can't be read. */
export async function loadRunConfig(runDir: string): Promise<RunConfig> {
  const path = join(runDir, RUN_FILES.manifest);
  let manifest: Manifest;
  try {
    manifest = JSON.parse(await readFile(path, "utf8")) as Manifest;
  } catch (cause) {
    throw new PipelineError(EXIT.model, `${path} can't be read: ${(cause as Error).message}; give a run folder`, { cause });
  }
  if (manifest.format !== MANIFEST_FORMAT) throw new PipelineError(EXIT.model, `${path} is not the manifest of a run`);
  // Sinks are not opened here, and what they need of the environment need not be there.
  const raw = { ...(manifest.config as object), sinks: [] };
  const { config } = resolveConfig(raw, { file: path, directory: manifest.configDirectory });
  return { config, files: manifest.data };
}
