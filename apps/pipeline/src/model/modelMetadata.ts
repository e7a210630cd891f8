// The metadata of model.safetensors: strings by name, as the format wants them, read back with every value checked.
import { NnError } from "@downhill/nn";
import { z } from "zod";
import { layersSchema, lossSchema } from "../config/schema.ts";
import type { Preprocessing } from "../trainer/loadSets.ts";
import type { ModelFile } from "./modelFile.ts";

/** Everything about a model but its tensors. */
export type ModelDescription = Omit<ModelFile, "tensors">;

const FORMAT = "downhill-model";
const FORMAT_VERSION = "1";

const count = z.int().min(0);
const size = z.int().min(1);
const columns = z.array(z.number());

const preprocessingSchema: z.ZodType<Preprocessing> = z
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
  })
  .refine(({ inputs, scale = {} }) => Object.values(scale).every((values) => !Array.isArray(values) || values.length === inputs), {
    error: "the scale has not one number an input",
  });

/** The metadata of a model. */
export function modelMetadata({ name, layers, loss, preprocessing, epochs }: ModelDescription): Record<string, string> {
  return {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    name,
    layers: JSON.stringify(layers),
    loss,
    classes: JSON.stringify(preprocessing.classes ?? null),
    data: JSON.stringify(preprocessing),
    epochs: String(epochs),
  };
}

/** What {@link modelMetadata} wrote. Throws an NnError if it is of another format, or broken. */
export function readModelMetadata(metadata: Readonly<Record<string, string>>): ModelDescription {
  const { format = "unknown", formatVersion = "", name = "", loss } = metadata;
  if (format !== FORMAT || formatVersion !== FORMAT_VERSION) {
    throw new NnError(`its format is ${`${format} ${formatVersion}`.trimEnd()}; expected ${FORMAT} ${FORMAT_VERSION}`);
  }
  const json = <Value>(key: string, schema: z.ZodType<Value>): Value => checked(key, schema, parsed(metadata[key]));
  return {
    name,
    layers: json("layers", layersSchema),
    loss: checked("loss", lossSchema, loss),
    preprocessing: json("data", preprocessingSchema),
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
