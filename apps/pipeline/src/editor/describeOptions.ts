// From a plugin to the JSON Schema of its options, as its own library writes it.
import type { SinkPlugin } from "@downhill/sinks";
import { isObject, type JsonSchema } from "./JsonSchema.ts";

/** The JSON Schema of a sink's options, or why there is none. */
export type OptionsDescription = { readonly schema: JsonSchema } | { readonly reason: string };

/** Asks a plugin for the JSON Schema of its options. */
export function describeOptions({ options }: Pick<SinkPlugin<unknown>, "options">): OptionsDescription {
  if (options === undefined) return { reason: "the plugin has no schema of its options" };
  const { jsonSchema } = options["~standard"];
  if (jsonSchema === undefined) return { reason: "the schema of its options can't be written as JSON Schema" };
  let written: unknown;
  try {
    // As text and back: what is printed, and nothing that the plugin goes on to change.
    written = JSON.parse(JSON.stringify(jsonSchema.input({ target: "draft-2020-12" })));
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
  return isObject(written) ? { schema: written } : { reason: "what it gives as JSON Schema is no object" };
}
