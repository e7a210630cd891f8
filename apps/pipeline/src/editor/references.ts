// `$ref`s of a schema that becomes a part of another one: they go on meaning what they meant.
import { isObject, type JsonSchema, mapSchema } from "./JsonSchema.ts";

/** Whether any part of the schema refers to another. */
export function hasReferences(schema: JsonSchema): boolean {
  let found = false;
  mapSchema(schema, (part) => {
    found ||= "$ref" in part;
    return part;
  });
  return found;
}

/** The schema with its references into itself leading to below `pointer`, where it will stand. */
export function moveReferences(schema: JsonSchema, pointer: string): JsonSchema {
  return mapSchema(schema, (part) => {
    const { $ref } = part;
    return typeof $ref === "string" && /^#(\/|$)/.test($ref) ? { ...part, $ref: `#${pointer}${$ref.slice(1)}` } : part;
  });
}

/** What a reference into `root` refers to; undefined if nothing stands there. */
export function resolveReference(root: JsonSchema, reference: string): unknown {
  if (!/^#(\/|$)/.test(reference)) return undefined;
  let found: unknown = root;
  for (const part of decodeURIComponent(reference).split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    found = isObject(found) || Array.isArray(found) ? (found as Record<string, unknown>)[key] : undefined;
  }
  return found;
}
