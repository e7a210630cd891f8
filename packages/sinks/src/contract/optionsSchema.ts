// The options of the built-in sinks, checked by hand: an OptionsSchema over a table of one check an option, all of them
// optional. A sink of yours may use any Standard Schema library instead.
import type { OptionsSchema, SchemaIssue } from "./Sink.ts";

/** Says what an option's value should have been, or nothing when it will do. */
export type OptionCheck = (value: unknown) => string | undefined;

/** Makes the schema of an options object whose every option is optional; an option that `checks` doesn't name is refused. */
export function optionsSchema<Options extends object>(checks: {
  readonly [Name in keyof Required<Options>]: OptionCheck;
}): OptionsSchema<Options> {
  const known = new Map<string, OptionCheck>(Object.entries(checks));
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
          const check = known.get(name);
          if (!check) issues.push({ message: unknownOption([...known.keys()]), path: [name] });
          else if (given !== undefined) {
            const expected = check(given);
            if (expected) issues.push({ message: `expected ${expected}, got ${shown(given)}`, path: [name] });
          }
        }
        return issues.length > 0 ? { issues } : { value: value as Options };
      },
    },
  };
}

/** The check of an option that takes any text but the empty one. */
export function isText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? undefined : "text";
}

/** Makes the check of an option that takes one of a few words. */
export function isOneOf(...words: readonly string[]): OptionCheck {
  return (value) => (words.includes(value as string) ? undefined : words.map((word) => `"${word}"`).join(" or "));
}

function unknownOption(names: readonly string[]): string {
  return names.length > 0 ? `unknown option; this sink takes ${names.join(", ")}` : "unknown option; this sink takes none";
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? typeof value;
}
