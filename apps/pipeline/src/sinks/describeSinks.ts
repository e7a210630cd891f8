// What a config's sinks are, found by loading them as a run does; none is opened.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Delivery } from "@downhill/sinks";
import type { SinkConfig } from "../config/Config.ts";
import { PipelineError } from "../PipelineError.ts";
import { loadSink } from "./loadSink.ts";
import { locateSink, type SinkOrigin } from "./locateSink.ts";
import { deliveryOf, inspectSink } from "./inspectSink.ts";

/** A sink that a config names. */
export interface SinkDescription {
  /** As the config names it. */
  readonly use: string;
  /** As the plugin names itself; not there if it can't be loaded. */
  readonly name?: string;
  /** Not there if it can't be found. */
  readonly origin?: SinkOrigin & { readonly package?: string; readonly version?: string };
  readonly delivery?: Delivery;
  /** Whether a run gives it a thread of its own; not there if it can't be found. */
  readonly isolated?: boolean;
  /** What is wrong with it or its options; nothing if a run can open it. */
  readonly problems: readonly string[];
}

/** Describes the sinks of a config in `directory`, in their order. */
export async function describeSinks(sinks: readonly SinkConfig[], directory: string): Promise<SinkDescription[]> {
  return Promise.all(sinks.map((sink, index) => describeSink(sink, index, directory)));
}

async function describeSink(sink: SinkConfig, index: number, directory: string): Promise<SinkDescription> {
  const { use, delivery } = sink;
  const origin = await orProblem(locateSink(use, directory));
  if (origin instanceof PipelineError) return { use, problems: [origin.message] };
  const from = { ...origin, ...(origin.from === "package" && (await packageOf(origin.path))) };
  const isolated = origin.from !== "builtIn" && delivery?.isolated !== false;
  const plugin = await orProblem(loadSink(use, directory));
  if (plugin instanceof PipelineError) return { use, origin: from, problems: [plugin.message] };
  const inspected = await orProblem(inspectSink(sink, index, directory));
  const wish = await orProblem((async () => deliveryOf(plugin, delivery))());
  return {
    use,
    name: plugin.name,
    origin: from,
    ...(!(wish instanceof PipelineError) && { delivery: wish }),
    isolated,
    problems: inspected instanceof PipelineError ? inspected.message.split("\n") : [],
  };
}

async function orProblem<Value>(work: Promise<Value>): Promise<Value | PipelineError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PipelineError) return error;
    throw error;
  }
}

// Name and version, out of the nearest package.json above the module that has both: one that only tells the kind of modules has neither.
async function packageOf(path: string): Promise<{ readonly package?: string; readonly version?: string }> {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
    const { name, version } = JSON.parse(text) as { readonly name?: string; readonly version?: string };
    if (name !== undefined) return { package: name, ...(version !== undefined && { version }) };
  }
  return {};
}
