/** A JSON Schema that is an object (others are `true` and `false`). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Whether `value` is a schema with keywords, or another object. */
export function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Keywords whose value is a schema, a list of schemas, and schemas by names that are not keywords.
const ONE = ["additionalProperties", "contains", "else", "if", "items", "not", "then", "unevaluatedItems", "unevaluatedProperties"];
const LISTS = ["allOf", "anyOf", "oneOf", "prefixItems"];
const BY_NAME = ["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"];

/** The schema with `change` applied to each of its parts, the innermost first and itself last. Schemas of property names are left as they are. */
export function mapSchema(schema: JsonSchema, change: (part: JsonSchema) => JsonSchema): JsonSchema {
  const mapped = (value: unknown): unknown => (isObject(value) ? mapSchema(value, change) : value);
  const parts = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (ONE.includes(keyword)) return [keyword, mapped(value)];
    if (LISTS.includes(keyword) && Array.isArray(value)) return [keyword, value.map(mapped)];
    if (BY_NAME.includes(keyword) && isObject(value)) {
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mapped(part)]))];
    }
    return [keyword, value];
  });
  return change(Object.fromEntries(parts));
}
