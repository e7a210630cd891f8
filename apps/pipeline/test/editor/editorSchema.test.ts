// The schema takes exactly the entries of `sinks` that a run takes.
import type { OptionsSchema } from "@downhill/sinks";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { beforeAll, describe, expect, it, test } from "vitest";
import { describeOptions } from "../../src/editor/describeOptions.ts";
import { editorSchema } from "../../src/editor/editorSchema.ts";
import type { JsonSchema } from "../../src/editor/JsonSchema.ts";
import { sinkSchemas } from "../../src/editor/sinkSchemas.ts";
import { BUILT_IN_SINKS } from "../../src/sinks/builtInSinks.ts";
import { inspectSink } from "../../src/sinks/inspectSink.ts";
import { SMALL_CONFIG } from "../smallTable.ts";
import { PLUGINS } from "./plugins.ts";

const names = ["url", "experiment", "retries", "token", "tags", "name", "child", "path", "costScale", "zebra"];
const value = fc.oneof(
  fc.constantFrom("a", "b", "", "log", "linear", "cubic", "http://localhost:5000/", "x".repeat(30)),
  fc.constantFrom(-1, 0, 3, 2.5, 1e9, true, null),
  fc.constantFrom([], {}, { a: "b" }, { a: 1 }, { name: "a" }, { name: "b", child: { name: "a" } }, { name: "c" }),
);
const options = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 });
const deliveries = fc.constantFrom(undefined, {}, { queue: 3 }, { whenFull: "block", required: true });

type Check = (sink: unknown) => boolean;

function checkOf(schemas: ReadonlyMap<string, JsonSchema>): Check {
  // Formats are looked at by VS Code, and by this: addresses are what zod's `url` takes.
  const ajv = new Ajv2020({ strict: false, formats: { uri: (text: string) => URL.canParse(text) } });
  const validate = ajv.compile(JSON.parse(JSON.stringify(editorSchema(schemas))) as object);
  return (sink) => validate({ ...SMALL_CONFIG, sinks: [sink] });
}

function schemaOf(plugin: OptionsSchema<unknown>): JsonSchema {
  const described = describeOptions({ options: plugin });
  if ("reason" in described) throw new Error(described.reason);
  return described.schema;
}

describe("the options of", () => {
  let check: Check;
  beforeAll(async () => {
    check = checkOf(
      new Map([...(await sinkSchemas()).schemas, ...Object.entries(PLUGINS).map(([use, plugin]) => [use, schemaOf(plugin)] as const)]),
    );
  });

  it.each(BUILT_IN_SINKS)("%s are taken and refused as by a run", async (use) => {
    await fc.assert(
      fc.asyncProperty(options, deliveries, async (given, delivery) => {
        const entry = { ...given, use, ...(delivery && { delivery }) };
        const taken = await inspectSink(entry, 0, ".").then(
          () => true,
          () => false,
        );
        expect(check(entry)).toBe(taken);
      }),
    );
  });

  it.each(Object.keys(PLUGINS))("a plugin: %s", async (use) => {
    const seen = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(options, deliveries, async (given, delivery) => {
        const taken = (await PLUGINS[use]["~standard"].validate(given)).issues === undefined;
        seen.add(taken);
        expect(check({ ...given, use, ...(delivery && { delivery }) })).toBe(taken);
      }),
      { numRuns: 1000 },
    );
    expect(seen.size).toBe(2);
  });

  it.each([
    [{ use: "plot", costScale: "log" }, true],
    [{ use: "plot", costScale: "cubic" }, false],
    [{ use: "plot", path: "a.svg" }, false],
    [{ use: "plot", delivery: { queue: 0 } }, false],
    [{ use: "json", path: "${FILE}" }, true],
    [{ use: "json", path: "" }, false],
    [{ use: "csv", costScale: "log" }, false],
    [{ use: "./of-yours.ts", anything: { goes: 1 } }, true],
    [{ use: "" }, false],
    [{ costScale: "log" }, false],
    [{ use: "strict", url: "http://localhost:5000", retries: 3, tags: { team: "x" } }, true],
    [{ use: "strict", url: "${TRACKER:http://localhost}", token: "${TOKEN}", experiment: "${EXPERIMENT_OF_THE_DAY}" }, true],
    [{ use: "strict", url: "no address" }, false],
    [{ use: "strict", url: "http://localhost", token: "short" }, false],
    [{ use: "strict", retries: 3 }, false],
    [{ use: "strict", url: "http://localhost", retry: 3 }, false],
    [{ use: "recursive", name: "a", child: { name: "b", child: { name: "a" } } }, true],
    [{ use: "recursive", name: "a", child: { name: "b", use: "x" } }, false],
    [{ use: "named", child: { name: "x" }, url: "y" }, true],
    [{ use: "named", child: { name: 1 } }, false],
    [{ use: "by hand", uri: "x", child: 2 }, true],
    [{ use: "by hand", child: "2" }, false],
  ])("%j: %s", (entry, taken) => {
    expect(check(entry)).toBe(taken);
  });
});

describe("a plugin whose options can't be told", () => {
  const standard = { version: 1, vendor: "own", validate: (given: unknown) => ({ value: given }) } as const;
  const input = (give: () => Record<string, unknown>): OptionsSchema<unknown> => ({
    "~standard": { ...standard, jsonSchema: { input: give } },
  });

  test.each([
    [undefined, "the plugin has no schema of its options"],
    [{ "~standard": standard }, "the schema of its options can't be written as JSON Schema"],
    [input(() => Number.NaN as never), "what it gives as JSON Schema is no object"],
    [input(() => ({ size: 1n })), expect.stringContaining("BigInt")],
    [
      input(() => {
        throw new Error("dates are beyond JSON");
      }),
      "dates are beyond JSON",
    ],
  ])("%#", (plugin, reason) => {
    expect(describeOptions({ ...(plugin && { options: plugin }) })).toEqual({ reason });
  });
});
