// From the name in `use` to a plugin: a built-in, a file beside the config, or a package that the config's folder can
// resolve. Nothing else is loaded: no URL, no node: module, no path out of the config's folder.
import { readFile, realpath } from "node:fs/promises";
import { createRequire, isBuiltin } from "node:module";
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { SinkPlugin } from "@downhill/sinks";
import { suggestion } from "../config/nearest.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";

type AnyPlugin = SinkPlugin<unknown>;

const BUILT_IN: Readonly<Record<string, () => Promise<{ default: unknown }>>> = {
  console: () => import("@downhill/sinks/console"),
  json: () => import("@downhill/sinks/json"),
  plot: () => import("@downhill/sinks/plot"),
  csv: () => import("@downhill/sinks/csv"),
  tensorboard: () => import("@downhill/sinks/tensorboard"),
  report: () => import("@downhill/sinks/report"),
};

/** The names of the built-in sinks. */
export const BUILT_IN_SINKS: readonly string[] = Object.keys(BUILT_IN);

// With a path in it, perhaps, but none that climbs.
const PACKAGE_NAME = /^(@[\w.-]+\/)?[a-z0-9][\w.-]*(\/(?!\.\.?(\/|$))[\w.-]+)*$/i;

/** The plugin that `use` names, for a config in `directory`. Throws a PipelineError (usage) if it can't be had. */
export async function loadSink(use: string, directory: string): Promise<AnyPlugin> {
  if (Object.hasOwn(BUILT_IN, use)) return checkPlugin(use, await BUILT_IN[use]());
  const file = use.startsWith(".") ? await besideConfig(use, directory) : await resolvePackage(use, directory);
  return checkPlugin(use, await importModule(use, file));
}

async function besideConfig(use: string, directory: string): Promise<string> {
  let file: string;
  try {
    file = await realpath(resolve(directory, use));
  } catch (cause) {
    throw new PipelineError(EXIT.usage, `the sink ${use}: there is no such file beside the config (${resolve(directory, use)})`, { cause });
  }
  if (relative(await realpath(directory), file).split(sep)[0] === "..") {
    throw new PipelineError(EXIT.usage, `the sink ${use} lies outside the config's folder; put it beside the config, or make it a package`);
  }
  return file;
}

async function resolvePackage(use: string, directory: string): Promise<string> {
  if (!PACKAGE_NAME.test(use)) {
    throw new PipelineError(
      EXIT.usage,
      `the sink ${use}: expected a built-in name (${BUILT_IN_SINKS.join(", ")}), ./file.ts or a package name`,
    );
  }
  try {
    if (isBuiltin(use)) throw new Error("a module of Node's own is no sink");
    return await resolveFrom(use, directory);
  } catch (cause) {
    const hint = suggestion(use, BUILT_IN_SINKS) || `; built in are ${BUILT_IN_SINKS.join(", ")}`;
    throw new PipelineError(EXIT.usage, `the sink ${use}: there is no package of this name for ${directory}${hint}`, { cause });
  }
}

// require.resolve knows where packages lie, but not the "import" condition of an ESM-only package: then its
// package.json is found and its entry read from there.
async function resolveFrom(use: string, directory: string): Promise<string> {
  const require = createRequire(join(directory, "config.json"));
  try {
    return require.resolve(use);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") throw error;
    for (const folder of require.resolve.paths(use) ?? []) {
      const root = join(folder, use);
      const manifest = await readFile(join(root, "package.json"), "utf8").catch(() => undefined);
      if (manifest !== undefined) return join(root, entryOf(JSON.parse(manifest)));
    }
    throw error;
  }
}

function entryOf(manifest: { exports?: unknown; main?: string }): string {
  let entry: unknown = manifest.exports ?? manifest.main ?? "index.js";
  if (isRecord(entry) && "." in entry) entry = entry["."];
  while (isRecord(entry)) entry = entry["import"] ?? entry["default"];
  return String(entry);
}

async function importModule(use: string, file: string): Promise<{ default?: unknown }> {
  const url = pathToFileURL(file).href;
  try {
    if (!/\.[cm]?ts$/.test(file)) return (await import(url)) as { default?: unknown };
    const { tsImport } = await import("tsx/esm/api");
    return (await tsImport(url, import.meta.url)) as { default?: unknown };
  } catch (cause) {
    throw new PipelineError(EXIT.usage, `the sink ${use} can't be loaded: ${(cause as Error).message}`, { cause });
  }
}

function checkPlugin(use: string, module: { default?: unknown }): AnyPlugin {
  // A CommonJS module's exports arrive as the default of the default.
  const candidate = isRecord(module.default) && "default" in module.default ? module.default["default"] : module.default;
  if (!isRecord(candidate) || typeof candidate["name"] !== "string" || typeof candidate["open"] !== "function") {
    throw new PipelineError(EXIT.usage, `the sink ${use}: its module must have a default export { name, open(options, run) }`);
  }
  return candidate as unknown as AnyPlugin;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
