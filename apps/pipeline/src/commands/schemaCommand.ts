// `pipeline schema`.
import { configJsonSchema } from "../config/jsonSchema.ts";

/** Prints the config's JSON schema, for editors and for checking in. */
export function schemaCommand(): void {
  process.stdout.write(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
}
