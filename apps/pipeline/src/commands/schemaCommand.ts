// `pipeline schema [config]`.
import { resolve } from "node:path";
import { readConfig } from "../config/loadConfig.ts";
import { editorSchema } from "../editor/editorSchema.ts";
import { sinkSchemas } from "../editor/sinkSchemas.ts";
import { writeFileAtomically } from "../files/writeFileAtomically.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { directStrayErrors } from "../sinks/strayErrors.ts";

/** The flags of `schema`. */
export interface SchemaFlags {
  readonly out?: string;
}

/** Prints the config's JSON schema or writes it, for editors and for checking in: with the options of the built-in sinks, and of those that a config names. */
export async function schemaCommand(file: string | undefined, { out }: SchemaFlags): Promise<void> {
  directStrayErrors();
  if (file !== undefined && out !== undefined && resolve(out) === resolve(file)) {
    throw new PipelineError(EXIT.usage, `--out ${out} is the config itself; give the schema a name of its own, such as config.schema.json`);
  }
  const { schemas, notes } = await sinkSchemas(file === undefined ? undefined : await readConfig(file));
  process.stderr.write(notes.map((note) => `${note}\n`).join(""));
  const text = `${JSON.stringify(editorSchema(schemas), null, 2)}\n`;
  if (out === undefined) process.stdout.write(text);
  else {
    await writeFileAtomically(out, new TextEncoder().encode(text)).catch((cause: unknown) => {
      throw new PipelineError(EXIT.usage, `--out ${out}: ${(cause as Error).message}`, { cause });
    });
  }
}
