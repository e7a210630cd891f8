// What a run was made from, out of its manifest.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config/Config.ts";
import { type LoadedConfig, resolveConfig } from "../config/loadConfig.ts";
import { applyOverride, type Override } from "../config/overrides.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { type Manifest, MANIFEST_FORMAT } from "../run/manifest.ts";
import { RUN_FILES } from "../run/runFolder.ts";
import type { SourceFile } from "../trainer/protocol.ts";

/** A run's config, and the files it read as they were then. */
export interface RunConfig {
  readonly config: Config;
  readonly files: readonly SourceFile[];
}

/** A run as its folder describes it. */
export interface OpenedRun {
  readonly manifest: Manifest;
  readonly loaded: LoadedConfig;
}

/** Reads a run's config; variables are filled in from the environment as it is now. Throws a PipelineError (model) if it can't be read. */
export async function openRun(runDir: string, overrides: readonly Override[] = []): Promise<OpenedRun> {
  const manifest = await readManifest(runDir);
  const raw = overrides.reduce(applyOverride, manifest.config);
  return { manifest, loaded: resolveConfig(raw, { file: join(runDir, RUN_FILES.manifest), directory: manifest.configDirectory }) };
}

/** The same without the sinks, which are not opened, so that what they need of the environment need not be there. */
export async function loadRunConfig(runDir: string): Promise<RunConfig> {
  const { manifest, loaded } = await openRun(runDir, [{ path: ["sinks"], value: [] }]);
  return { config: loaded.config, files: manifest.data };
}

/** The manifest of a run folder. Throws a PipelineError (model) if there is none. */
export async function readManifest(runDir: string): Promise<Manifest> {
  const path = join(runDir, RUN_FILES.manifest);
  let manifest: Manifest;
  try {
    manifest = JSON.parse(await readFile(path, "utf8")) as Manifest;
  } catch (cause) {
    throw new PipelineError(EXIT.model, `${path} can't be read: ${(cause as Error).message}; give a run folder`, { cause });
  }
  if (manifest.format !== MANIFEST_FORMAT) throw new PipelineError(EXIT.model, `${path} is not the manifest of a run`);
  return manifest;
}
