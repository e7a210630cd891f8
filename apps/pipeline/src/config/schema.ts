// The config file as zod sees it: shapes, bounds and defaults. The JSON schema that editors use is made from this.
import { z } from "zod";
import type { Config, SinkConfig } from "./Config.ts";
import { dataSchema } from "./schema/data.ts";
import { modelSchema } from "./schema/model.ts";
import { integer, positive } from "./schema/numbers.ts";
import { optimizerSchema } from "./schema/optimizer.ts";

/** How events reach a sink, as a config or a plugin says it. */
export const deliverySchema: z.ZodType<NonNullable<SinkConfig["delivery"]>> = z.strictObject({
  queue: integer(1).optional().describe("events that may wait for the sink, the one being written included"),
  whenFull: z.enum(["block", "dropOldest"]).optional().describe("let training wait, or drop the oldest waiting epoch"),
  timeoutMs: positive.optional().describe("a write that takes longer has failed"),
  required: z.boolean().optional().describe("whether the run fails when the sink does"),
  batches: z.boolean().optional().describe("whether the sink is told every batch"),
  isolated: z.boolean().optional().describe("whether a sink that is not built in has a thread of its own; it has, unless this is false"),
  live: z.boolean().optional().describe("whether the sink is shown predictions and weights while training goes on"),
});

const sink = z.looseObject({
  use: z.string().min(1).describe("a built-in name, ./file.ts beside the config, or a package name"),
  delivery: deliverySchema.optional(),
});

const config = z.strictObject({
  $schema: z.string().optional(),
  name: z
    .string()
    .regex(/^[\w-][\w.-]{0,63}$/, "expected 1 to 64 letters, digits, dots, dashes or underscores")
    .default("run"),
  seed: integer(0).default(0),
  data: dataSchema,
  model: modelSchema,
  optimizer: optimizerSchema.prefault({ type: "sgd" }),
  epochs: integer(1).default(10),
  batchSize: z.union([z.literal("full"), integer(1)]).default("full"),
  earlyStopping: z
    .strictObject({
      patience: integer(1).describe("epochs without a better cost (validation's, else training's) after which training ends"),
      minDelta: z.number().min(0).default(0).describe("how much lower a cost must be to be better"),
      restoreBest: z.boolean().default(true).describe("end with the weights of the best epoch"),
    })
    .optional(),
  checkpoint: z
    .strictObject({
      everyBatches: integer(1).optional().describe("batches from one checkpoint to the next; within an epoch too"),
      everySeconds: z.number().min(0).default(30).describe("age of the last checkpoint at which the end of an epoch writes another"),
      keep: integer(1).default(2).describe("checkpoints that are kept, the last ones"),
    })
    .prefault({}),
  log: z
    .strictObject({
      gradientNorms: z.boolean().default(false).describe("each epoch tells the norm of its last batch's gradients, layer by layer"),
    })
    .prefault({}),
  compute: z.strictObject({ threads: integer(1).optional(), wide: z.boolean().default(false) }).prefault({}),
  sinks: z.array(sink).default([{ use: "console" }, { use: "plot" }]),
});

/** The config file: checks it and fills in the defaults. */
export const configSchema: z.ZodType<Config> = config.superRefine(({ data, batchSize }, { addIssue }) => {
  const fault = (key: readonly string[], message: string): void => addIssue({ code: "custom", path: [...key], message });
  if (data.comment !== undefined && data.comment === data.delimiter)
    fault(["data", "comment"], "is the delimiter too; expected another character");
  const sources = [data.train, data.validation, data.test];
  if (data.header === false && sources.some((set) => set !== undefined && "label" in set && typeof set.label === "string"))
    fault(["data", "header"], "a label that is given by its name needs a header; give its index from 0, or leave header out");
  if (!data.stream) {
    if (data.shuffleBuffer !== undefined) fault(["data", "shuffleBuffer"], 'is for streamed samples; say "stream": true, or leave it out');
    return;
  }
  if (batchSize === "full") fault(["batchSize"], "streamed samples are never all in memory; give a number, such as 256");
  for (const set of ["train", "validation", "test"] as const) {
    if (data[set] !== undefined && "images" in data[set]) fault(["data", set], "IDX files can't be streamed; leave stream out");
  }
});
