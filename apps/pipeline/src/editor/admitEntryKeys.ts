// A sink's schema is of its options alone, which in a config stand beside `use` and `delivery`.
import { isObject, type JsonSchema } from "./JsonSchema.ts";

const ENTRY_KEYS = ["use", "delivery"];
const ANYTHING = Object.fromEntries(ENTRY_KEYS.map((key) => [key, true]));
const OTHER_KEY = `^(?!(?:${ENTRY_KEYS.join("|")})$)`;

/**
 * The schema of a sink's options as one of the whole entry: `use` and `delivery` are never what it restricts. `resolve` finds what a
 * `$ref` refers to; references that apply to the entry itself are replaced by it.
 */
export function admitEntryKeys(schema: JsonSchema, resolve: (reference: string) => unknown): JsonSchema {
  return admit(schema, resolve, new Set());
}

function admit(schema: JsonSchema, resolve: (reference: string) => unknown, open: ReadonlySet<string>): JsonSchema {
  const again = (part: unknown): unknown => (isObject(part) ? admit(part, resolve, open) : part);
  // How many keys there may be is left to the run; definitions stay where references lead.
  const { $ref, minProperties: _, maxProperties: __, $defs: ___, definitions: ____, ...changed } = schema as Record<string, unknown>;
  const all: unknown[] = [];
  // One that leads back to itself says nothing.
  if (typeof $ref === "string" && !open.has($ref)) {
    const target = resolve($ref);
    all.push(isObject(target) ? admit(target, resolve, new Set([...open, $ref])) : (target ?? true));
  }
  if (isObject(changed["properties"]) || "additionalProperties" in changed || "unevaluatedProperties" in changed) {
    changed["properties"] = { ...(changed["properties"] as JsonSchema | undefined), ...ANYTHING };
  }
  if (changed["propertyNames"] !== undefined) changed["propertyNames"] = { anyOf: [{ enum: ENTRY_KEYS }, changed["propertyNames"]] };
  if (isObject(changed["patternProperties"])) {
    changed["patternProperties"] = Object.fromEntries(
      Object.entries(changed["patternProperties"]).map(([pattern, part]) => [String.raw`${OTHER_KEY}(?=[\s\S]*?(?:${pattern}))`, part]),
    );
  }
  for (const keyword of ["if", "then", "else", "not"]) if (keyword in changed) changed[keyword] = again(changed[keyword]);
  for (const keyword of ["allOf", "anyOf", "oneOf"]) {
    if (Array.isArray(changed[keyword])) changed[keyword] = (changed[keyword] as readonly unknown[]).map(again);
  }
  return all.length === 0 ? changed : { ...changed, allOf: [...((changed["allOf"] as readonly unknown[] | undefined) ?? []), ...all] };
}
