// The sinks whose options an editor is told: the built-in ones, and those that a config names.
import type { SinkConfig } from "../config/Config.ts";
import type { ConfigText } from "../config/loadConfig.ts";
import { substituteVariables } from "../config/variables.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { BUILT_IN_SINKS } from "../sinks/builtInSinks.ts";
import { loadSink } from "../sinks/loadSink.ts";
import { describeOptions } from "./describeOptions.ts";
import { isObject, type JsonSchema } from "./JsonSchema.ts";

/** What is known of the options of sinks. */
export interface SinkSchemas {
  /** Schemas by what `use` says. */
  readonly schemas: ReadonlyMap<string, JsonSchema>;
  /** A line for each sink that has none. */
  readonly notes: readonly string[];
}

/**
 * The schemas of the built-in sinks and of those that `config` names, of which nothing else need be in order. Throws a PipelineError (usage)
 * that lists the sinks that can't be loaded.
 */
export async function sinkSchemas(config?: ConfigText): Promise<SinkSchemas> {
  const schemas = new Map<string, JsonSchema>();
  const notes: string[] = [];
  const problems: string[] = [];
  const named = config === undefined ? [] : namedSinks(config.value);
  // The editor sees `use` as it is written; what it stands for is loaded.
  const { value, problems: unset, redact } = substituteVariables(named, process.env);
  problems.push(...unset.map(({ message }) => `${config?.file}  ${message}`));
  const uses = value as readonly SinkConfig["use"][];
  const sinks = [
    ...BUILT_IN_SINKS.map((use) => ({ written: use, use })),
    ...named.map((written, index) => ({ written, use: uses[index] })),
  ];
  for (const { written, use } of unset.length > 0 ? [] : sinks) {
    if (schemas.has(written)) continue;
    try {
      const described = describeOptions(await loadSink(use, config?.directory ?? process.cwd()));
      if ("schema" in described) schemas.set(written, described.schema);
      else notes.push(`the sink ${written}: any options are taken in the schema, for ${described.reason}`);
    } catch (error) {
      if (!(error instanceof PipelineError)) throw error;
      problems.push(redact(error.message));
    }
  }
  if (problems.length > 0) throw new PipelineError(EXIT.usage, [...new Set(problems)].join("\n"));
  return { schemas, notes: [...new Set(notes)] };
}

function namedSinks(config: unknown): string[] {
  const sinks = isObject(config) ? config["sinks"] : undefined;
  if (!Array.isArray(sinks)) return [];
  return sinks.flatMap((sink: unknown) => (isObject(sink) && typeof sink["use"] === "string" ? [sink["use"]] : []));
}
