// model.safetensors back from its bytes, every value of its metadata checked. The trainer's thread only writes models, and
// is spared zod by this being a file of its own.
import { type FittedColumn, type Preprocessing, widthOf } from "@downhill/data";
import { decodeSafetensors, NnError } from "@downhill/nn";
import { z } from "zod";
import type { DialectConfig } from "../config/Config.ts";
import { missingSchema, unknownSchema } from "../config/schema/data.ts";
import { commentSchema, delimiterSchema } from "../config/schema/dialect.ts";
import { layersSchema, lossSchema } from "../config/schema/model.ts";
import { checkSeal, isSealed } from "../files/seal.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { MODEL_FORMAT, type ModelFile, UNSEALED_VERSION } from "./modelFile.ts";

const count = z.int().min(0);
const size = z.int().min(1);
const columns = z.array(z.number());

const columnSchema: z.ZodType<FittedColumn> = z.object({
  index: count,
  name: z.string().optional(),
  type: z.enum(["number", "category"]),
  missing: missingSchema,
  unknown: unknownSchema,
  fill: z.union([z.number(), z.string()]).optional(),
  categories: z.array(z.string()).min(1).optional(),
});

const dialectSchema: z.ZodType<DialectConfig> = z.object({
  delimiter: delimiterSchema.optional(),
  header: z.boolean().optional(),
  comment: commentSchema.optional(),
});

/** What was fitted to the training samples. */
export const preprocessingSchema: z.ZodType<Preprocessing> = z
  .object({
    inputs: size,
    featureNames: z.array(z.string()).optional(),
    scale: z
      .discriminatedUnion("type", [
        z.object({ type: z.literal("divide"), by: z.number() }),
        z.object({ type: z.literal("standard"), mean: columns, deviation: columns }),
        z.object({ type: z.literal("minmax"), minimum: columns, maximum: columns }),
      ])
      .optional(),
    classes: z.array(z.string()).optional(),
    image: z.object({ width: size, height: size }).optional(),
    label: z.object({ index: count, name: z.string().optional() }).optional(),
    table: z.object({ width: size, columns: z.array(columnSchema).min(1), missingLabel: z.literal("dropRow").optional() }).optional(),
    target: z.object({ mean: columns.min(1), deviation: z.number().positive() }).optional(),
  })
  .refine(({ inputs, scale = {} }) => Object.values(scale).every((values) => !Array.isArray(values) || values.length === inputs), {
    error: "the scale has not one number an input",
  })
  .refine(({ inputs, image }) => image === undefined || inputs % (image.width * image.height) === 0, {
    error: "the inputs are no whole images",
  })
  .refine(({ inputs, table }) => table === undefined || inputs === table.columns.reduce((sum, column) => sum + widthOf(column), 0), {
    error: "the columns don't become as many features as there are inputs",
  });

/** Reads the bytes of `path`. Throws a PipelineError (model) if they are not a model of ours. */
export function decodeModel(bytes: Uint8Array, path: string): ModelFile {
  try {
    const sealed = isSealed(bytes);
    if (sealed) checkSeal(bytes);
    const { tensors, metadata } = decodeSafetensors(bytes);
    return { ...describe(metadata, sealed ? MODEL_FORMAT.formatVersion : UNSEALED_VERSION), tensors };
  } catch (cause) {
    throw new PipelineError(EXIT.model, `${path}: ${(cause as Error).message}`, { cause });
  }
}

function describe(metadata: Readonly<Record<string, string>>, expected: string): Omit<ModelFile, "tensors"> {
  const { format = "unknown", formatVersion = "", name = "", loss } = metadata;
  if (format !== MODEL_FORMAT.format || formatVersion !== expected) {
    const found = `${format} ${formatVersion}`.trimEnd();
    throw new NnError(`its format is ${found}; expected ${MODEL_FORMAT.format} ${expected}`);
  }
  const json = <Value>(key: string, schema: z.ZodType<Value>): Value => checked(key, schema, parsed(metadata[key]));
  return {
    name,
    layers: json("layers", layersSchema),
    loss: checked("loss", lossSchema, loss?.startsWith("{") ? parsed(loss) : loss),
    preprocessing: json("data", preprocessingSchema),
    dialect: metadata["dialect"] === undefined ? {} : json("dialect", dialectSchema),
    epochs: json("epochs", count),
  };
}

// What is missing, or no JSON, is undefined, which no schema takes.
function parsed(text = ""): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checked<Value>(key: string, schema: z.ZodType<Value>, value: unknown): Value {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [{ path, message }] = error.issues;
  throw new NnError(`its metadata is broken: ${[key, ...path].join(".")}: ${message}`);
}
