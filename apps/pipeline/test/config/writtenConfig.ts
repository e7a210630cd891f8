// Config files for the tests of loading: written to a folder of their own, and what was said of them.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type LoadedConfig, loadConfig } from "../../src/config/loadConfig.ts";
import { parseOverride } from "../../src/config/overrides.ts";
import { PipelineError } from "../../src/PipelineError.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

/** The least that a config must say. */
export const LEAST = {
  data: { train: { features: "x.csv", labels: "y.csv" } },
  model: { layers: [{ type: "dense", units: 3 }] },
} as const;

/** How to load a config. */
export interface LoadOptions {
  readonly set?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Loads `config` (text, or what to write as JSON) from a file in a folder of its own. */
export async function load(config: unknown, { set = [], environment = {} }: LoadOptions = {}): Promise<LoadedConfig> {
  const file = join(await temporaryFolder(), "config.json");
  await writeFile(file, typeof config === "string" ? config : JSON.stringify(config));
  return loadConfig(file, set.map(parseOverride), environment);
}

/** What is wrong with `config`, a line each, with `config.json` for the file's path. Throws if nothing is, or if it is no usage error. */
export async function complaints(config: unknown, options?: LoadOptions): Promise<string[]> {
  try {
    await load(config, options);
  } catch (error) {
    if (!(error instanceof PipelineError) || error.exitCode !== 2) throw error;
    return error.message.split("\n").map((line) => line.replace(/^\S*config\.json/, "config.json"));
  }
  throw new Error("the config was accepted");
}
