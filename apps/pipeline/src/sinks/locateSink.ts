// From the name in `use` to where the plugin's module lies: among the built-ins, in a file beside the config, or in a package that the
// config's folder can resolve. Nothing else is found: no URL, no node: module, no path out of the config's folder.
import { readFile, realpath } from "node:fs/promises";
import { createRequire, isBuiltin } from "node:module";
import { join, relative, resolve, sep } from "node:path";
import { suggestion } from "../config/nearest.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { BUILT_IN_SINKS } from "./builtInSinks.ts";

/** Where a plugin comes from. Paths are absolute. */
export type SinkOrigin =
  | { readonly from: "builtIn" }
  | { readonly from: "file"; readonly path: string }
  | { readonly from: "package"; readonly path: string };

// With a path in it, perhaps, but none that climbs.
const PACKAGE_NAME = /^(@[\w.-]+\/)?[a-z0-9][\w.-]*(\/(?!\.\.?(\/|$))[\w.-]+)*$/i;

/** Where the plugin is that `use` names, for a config in `directory`. Throws a PipelineError (usage) if it is nowhere. */
export async function locateSink(use: string, directory: string): Promise<SinkOrigin> {
  if (BUILT_IN_SINKS.includes(use)) return { from: "builtIn" };
  if (use.startsWith(".")) return { from: "file", path: await besideConfig(use, directory) };
  return { from: "package", path: await resolvePackage(use, directory) };
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
