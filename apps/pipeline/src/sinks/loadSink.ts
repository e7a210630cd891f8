// From the name in `use` to a plugin, wherever `locateSink` finds it.
import { pathToFileURL } from "node:url";
import type { SinkPlugin } from "@downhill/sinks";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { BUILT_IN } from "./builtInSinks.ts";
import { failureText } from "./failureText.ts";
import { locateSink } from "./locateSink.ts";
import { strayErrorsTo } from "./strayErrors.ts";
import { TimeLimit } from "./TimeLimit.ts";

/** How long a module may take to load, in milliseconds. */
export const LONGEST_LOAD_MS = 30_000;

type AnyPlugin = SinkPlugin<unknown>;

/** The plugin that `use` names, for a config in `directory`. Throws a PipelineError (usage) if it can't be had. */
export async function loadSink(use: string, directory: string): Promise<AnyPlugin> {
  const origin = await locateSink(use, directory);
  return checkPlugin(use, origin.from === "builtIn" ? await BUILT_IN[use]() : await importModule(use, origin.path));
}

async function importModule(use: string, file: string): Promise<{ default?: unknown }> {
  const url = pathToFileURL(file).href;
  let loaded: { default?: unknown } = {};
  const load = async (): Promise<void> => {
    if (!/\.[cm]?ts$/.test(file)) loaded = (await import(url)) as typeof loaded;
    else {
      const { tsImport } = await import("tsx/esm/api");
      loaded = (await tsImport(url, import.meta.url)) as typeof loaded;
    }
  };
  try {
    // What it does as it is loaded is its own: it may end the process then, or never come to an end.
    await strayErrorsTo(() => undefined)(() => new TimeLimit(LONGEST_LOAD_MS).run("loading it", load));
    return loaded;
  } catch (cause) {
    throw new PipelineError(EXIT.usage, `the sink ${use} can't be loaded: ${failureText(cause)}`, { cause });
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
