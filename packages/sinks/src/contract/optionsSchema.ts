// The options of the built-in sinks: an OptionsSchema over a table of options, all of which may be left out. Each is told twice, as a check
// with a message of its own and as JSON Schema for editors. A sink of yours may use any Standard Schema library instead.
import type { OptionsSchema, SchemaIssue } from "./Sink.ts";

/** An option of a built-in sink. */
export interface SinkOption {
  /** Says what the option's value should have been, or nothing when it will do. */
  readonly check: (value: unknown) => string | undefined;
  /** What `check` takes, as JSON Schema, with the description that editors show. */
  readonly schema: Readonly<Record<string, unknown>> & { readonly description: string };
}

/** Makes the schema of an options object; `description` says what the sink does. An option that `options` doesn't name is refused. */
export function optionsSchema<Options extends object>(
  description: string,
  options: { readonly [Name in keyof Required<Options>]: SinkOption },
): OptionsSchema<Options> {
  const known = new Map<string, SinkOption>(Object.entries(options));
  return {
    "~standard": {
      version: 1,
      vendor: "downhill",
      validate: (value) => {
        if (typeof value !== "object" || value === null || Array.isArray(value)) {
          return { issues: [{ message: `expected an object of options, got ${shown(value)}` }] };
        }
        const issues: SchemaIssue[] = [];
        for (const [name, given] of Object.entries(value)) {
          const option = known.get(name);
          if (!option) issues.push({ message: unknownOption([...known.keys()]), path: [name] });
          else if (given !== undefined) {
            const expected = option.check(given);
            if (expected) issues.push({ message: `expected ${expected}, got ${shown(given)}`, path: [name] });
          }
        }
        return issues.length > 0 ? { issues } : { value: value as Options };
      },
      jsonSchema: {
        input: () => ({
          description,
          type: "object",
          properties: Object.fromEntries([...known].map(([name, { schema }]) => [name, schema])),
          additionalProperties: false,
        }),
      },
    },
  };
}

/** An option that takes any text but the empty one. */
export function textOption(description: string): SinkOption {
  return {
    check: (value) => (typeof value === "string" && value !== "" ? undefined : "text"),
    schema: { description, type: "string", minLength: 1 },
  };
}

/** An option that takes one of a few words, the first of them by default. */
export function wordOption(words: readonly string[], description: string): SinkOption {
  return {
    check: (value) => (words.includes(value as string) ? undefined : words.map((word) => `"${word}"`).join(" or ")),
    schema: { description, type: "string", enum: words, default: words[0] },
  };
}

function unknownOption(names: readonly string[]): string {
  return names.length > 0 ? `unknown option; this sink takes ${names.join(", ")}` : "unknown option; this sink takes none";
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? typeof value;
}
