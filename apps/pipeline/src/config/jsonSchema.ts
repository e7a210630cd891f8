// The config's JSON schema: editors complete and check a config with it, and messages know the keys from it.
import { z } from "zod";
import { configSchema } from "./schema.ts";

/** The JSON schema of the config file as a user writes it (defaults may be left out). */
export function configJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(configSchema, { io: "input" });
  return { ...schema, title: "Downhill training config" };
}

/** Every key that the schema knows at any depth. */
export function schemaKeys(): string[] {
  const keys = new Set<string>();
  const collect = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("properties" in node) for (const key of Object.keys(node.properties as object)) keys.add(key);
    for (const child of Object.values(node)) collect(child);
  };
  collect(configJsonSchema());
  return [...keys];
}
