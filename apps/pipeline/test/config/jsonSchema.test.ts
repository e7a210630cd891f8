import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { configJsonSchema, schemaKeys } from "../../src/config/jsonSchema.ts";
import { editorSchema } from "../../src/editor/editorSchema.ts";
import { sinkSchemas } from "../../src/editor/sinkSchemas.ts";

test("the schema file beside the package is up to date", async () => {
  const file = await readFile(new URL("../../schema/config.schema.json", import.meta.url), "utf8");
  expect(JSON.parse(file), "write it again: node apps/pipeline/dist/main.js schema --out apps/pipeline/schema/config.schema.json").toEqual(
    JSON.parse(JSON.stringify(editorSchema((await sinkSchemas()).schemas))),
  );
});

test("only data and model must be given, and $schema may be", () => {
  const schema = configJsonSchema() as { required: string[]; properties: object; additionalProperties: boolean };
  expect(schema.required).toEqual(["data", "model"]);
  expect(schema.properties).toHaveProperty("$schema");
  expect(schema.additionalProperties).toBe(false);
});

test("an entry of sinks may have options that the schema doesn't know", () => {
  const { properties } = configJsonSchema() as { properties: { sinks: { items: { additionalProperties?: unknown } } } };
  expect(properties.sinks.items.additionalProperties).not.toBe(false);
});

test("the keys of every depth are known, for the nearest to be found", () => {
  const keys = schemaKeys();
  expect(keys).toEqual(expect.arrayContaining(["epochs", "learningRate", "units", "stddev", "whenFull", "fraction", "width"]));
  expect(new Set(keys).size).toBe(keys.length);
});
