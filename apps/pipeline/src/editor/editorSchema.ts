// The config's JSON schema with the options of sinks in it: `if` an entry's `use` is a sink's name, `then` the rest is as that sink
// says. So an editor completes the options of the very sink, and an entry with two mistakes gets a message for each.
import { configJsonSchema } from "../config/jsonSchema.ts";
import { admitEntryKeys } from "./admitEntryKeys.ts";
import { admitVariables } from "./admitVariables.ts";
import type { JsonSchema } from "./JsonSchema.ts";
import { hasReferences, moveReferences, resolveReference } from "./references.ts";

interface ConfigSchema extends JsonSchema {
  readonly properties: JsonSchema & { readonly sinks: JsonSchema & { readonly items: JsonSchema & { readonly properties: JsonSchema } } };
}

/** The config's schema with those of the options of sinks, by what `use` says. A sink that isn't among them takes any options. */
export function editorSchema(sinks: ReadonlyMap<string, JsonSchema>): JsonSchema {
  const schema = configJsonSchema() as ConfigSchema;
  const { items } = schema.properties.sinks;
  const definitions: Record<string, JsonSchema> = {};
  const conditions = [...sinks].map(([use, written], index) => {
    const { $schema: _, $id: __, ...options } = admitVariables(written);
    // What refers to parts of itself is kept whole too, where the references lead.
    const name = `sinkOptions${index}`;
    const moved = moveReferences(options, `/$defs/${name}`);
    if (hasReferences(options)) definitions[name] = moved;
    const resolve = (reference: string): unknown => resolveReference({ $defs: definitions }, reference);
    // oxlint-disable-next-line unicorn/no-thenable -- the keyword of JSON Schema
    return { if: { properties: { use: { const: use } }, required: ["use"] }, then: admitEntryKeys(moved, resolve) };
  });
  const use = { ...(items.properties["use"] as JsonSchema), anyOf: [...[...sinks].map(nameOf), { type: "string" }] };
  return {
    ...schema,
    properties: {
      ...schema.properties,
      sinks: {
        ...schema.properties.sinks,
        items: { ...items, properties: { ...items.properties, use }, ...(conditions.length > 0 && { allOf: conditions }) },
      },
    },
    ...(Object.keys(definitions).length > 0 && { $defs: { ...(schema["$defs"] as JsonSchema | undefined), ...definitions } }),
  };
}

// A name for editors to offer, with what the sink says of itself.
function nameOf([use, { description }]: readonly [string, JsonSchema]): JsonSchema {
  return { const: use, ...(description !== undefined && { description }) };
}
