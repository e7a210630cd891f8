// Schemas of options as plugins have them: of zod in several shapes, and one written by hand.
import type { OptionsSchema } from "@downhill/sinks";
import { z } from "zod";

const server = z.strictObject({
  url: z.url().describe("where the tracker listens"),
  experiment: z.string().max(20).default("default").describe("what runs are grouped by"),
  retries: z.int().min(0).max(10).default(3),
  token: z.string().min(20).optional(),
  tags: z.record(z.string(), z.string()).optional(),
});

const tree: z.ZodType = z.strictObject({
  name: z.enum(["a", "b"]),
  get child() {
    return tree.optional();
  },
});

/** Options schemas by what they show. */
export const PLUGINS: Readonly<Record<string, OptionsSchema<unknown>>> = {
  strict: server,
  loose: z.looseObject({ retries: z.int() }),
  stripping: z.object({ retries: z.int().optional() }),
  union: z.union([z.strictObject({ url: z.string() }), z.strictObject({ name: z.literal("a"), retries: z.int() })]),
  discriminated: z.discriminatedUnion("name", [
    z.strictObject({ name: z.literal("a"), retries: z.int() }),
    z.strictObject({ name: z.literal("b"), url: z.string().optional() }),
  ]),
  intersection: z.object({ name: z.string() }).and(z.object({ retries: z.int() })),
  record: z.record(z.string(), z.int()),
  keyed: z.record(z.string().regex(/^[a-r]/), z.int()),
  recursive: tree,
  named: z.strictObject({ child: z.strictObject({ name: z.string() }).meta({ id: "Child" }), url: z.string().optional() }),
  "by hand": handWritten(),
};

/** One without a library: an object of which everything stands in definitions. */
function handWritten(): OptionsSchema<unknown> {
  return {
    "~standard": {
      version: 1,
      vendor: "own",
      validate: (value) => {
        const { child, ...others } = value as { readonly child?: unknown };
        const fits = Object.entries(others).every(([name, given]) =>
          name.startsWith("u") ? typeof given === "string" : name === "retries",
        );
        return fits && (child === undefined || typeof child === "number") ? { value } : { issues: [{ message: "wrong" }] };
      },
      jsonSchema: {
        input: () => ({
          $ref: "#/$defs/of~1all",
          $defs: {
            "of/all": {
              properties: { retries: true, child: { $ref: "#/$defs/number" } },
              patternProperties: { "^u": { type: "string" } },
              additionalProperties: false,
            },
            number: { type: "number" },
          },
        }),
      },
    },
  };
}
