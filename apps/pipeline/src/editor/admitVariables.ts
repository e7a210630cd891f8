// A config's texts may hold `${VAR}`, which is filled in before options are checked. An editor sees it as it stands there.
import { type JsonSchema, mapSchema } from "./JsonSchema.ts";

const VARIABLE = { type: "string", pattern: String.raw`\$\{[A-Za-z_]\w*(:[^}]*)?\}` };
// The shortest variable, `${A}`.
const SHORTEST = 4;

/** The schema, taking a text with a variable wherever it asks for a text of some form or length; one of a few words is still one of them. */
export function admitVariables(schema: JsonSchema): JsonSchema {
  return mapSchema(schema, (part) => {
    if (part["type"] !== "string" || !restrictsForm(part)) return part;
    const { description, default: usual, ...text } = part;
    return {
      ...(description !== undefined && { description }),
      ...(usual !== undefined && { default: usual }),
      anyOf: [text, VARIABLE],
    };
  });
}

function restrictsForm({ format, pattern, minLength, maxLength }: JsonSchema): boolean {
  return (
    format !== undefined || pattern !== undefined || maxLength !== undefined || (typeof minLength === "number" && minLength > SHORTEST)
  );
}
