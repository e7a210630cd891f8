// The flags that say how a CSV file is read, in the config's words.
import type { z } from "zod";
import { commentSchema, delimiterSchema } from "../config/schema/dialect.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { ReadingConfig } from "../trainer/loadSets.ts";

/** The flags as they were given. */
export interface ReadingFlags {
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly comment?: string;
  readonly malformed?: string;
}

/** What the flags say. Throws a PipelineError (usage) for a value that they don't take. */
export function readingOfFlags({ delimiter, header, comment, malformed }: ReadingFlags): ReadingConfig {
  return {
    ...(delimiter !== undefined && { delimiter: checked("delimiter", TAB.has(delimiter) ? "\t" : delimiter, delimiterSchema) }),
    ...(header !== undefined && { header }),
    ...(comment !== undefined && { comment: checked("comment", comment, commentSchema) }),
    ...(malformed !== undefined && { malformed: malformedPolicy(malformed) }),
  };
}

// A shell makes it hard to write one.
const TAB: ReadonlySet<string> = new Set(["tab", String.raw`\t`]);

function checked(flag: string, value: string, schema: z.ZodType<string>): string {
  const { success, error } = schema.safeParse(value);
  if (success) return value;
  throw new PipelineError(EXIT.usage, `--${flag} ${JSON.stringify(value)}: ${error.issues[0].message}`);
}

/** The policy that `--malformed` names. Throws a PipelineError (usage) if it names none. */
export function malformedPolicy(text: string): NonNullable<ReadingConfig["malformed"]> {
  if (text === "skip") return text;
  if (/^\d{1,9}$/.test(text)) return { limit: Number(text) };
  throw new PipelineError(EXIT.usage, `--malformed ${text}: expected skip, or how many records may be left out`);
}
