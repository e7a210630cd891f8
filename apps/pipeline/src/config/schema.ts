// The config file as zod sees it: shapes, bounds and defaults. The JSON schema that editors use is made from this.
import type { ColumnConfig, MissingPolicy, UnknownPolicy } from "@downhill/data";
import type { ActivationConfig, LayerConfig, LossConfig, ScheduleConfig } from "@downhill/nn";
import { z } from "zod";
import type { Config } from "./Config.ts";

const path = z.string().min(1);
const integer = (minimum: number): z.ZodInt => z.int({ error: "expected an integer" }).min(minimum);
const column = z.union([z.string().min(1), integer(0)]);
const positive = z.number().positive();

const files = z.strictObject({
  features: path.describe("CSV file of features, one sample a record"),
  labels: path.describe("CSV file of labels: one-hot, class index, class name or values"),
});
const table = z.strictObject({
  file: path.describe("CSV file of features and label together"),
  label: column.describe("the label's column: its name, or its index from 0"),
});
const idx = z.strictObject({
  images: path.describe("IDX file of images (MNIST's format)"),
  labels: path.describe("IDX file of labels"),
});
const source = z.union([files, table, idx]);
const sourceOrFraction = z.union([
  files,
  table,
  idx,
  z.strictObject({
    fraction: z.number().gt(0).lt(1).describe("share of the training samples to set aside; of what the test set has left, for validation"),
  }),
]);

/** What is done where a value is missing. */
export const missingSchema: z.ZodType<MissingPolicy> = z.union([
  z.enum(["error", "mean", "median", "dropRow"]),
  z.strictObject({ constant: z.union([z.number(), z.string().min(1)]) }),
]);

/** What is done with a category that training had not. */
export const unknownSchema: z.ZodType<UnknownPolicy> = z.enum(["ignore", "error"]);

const columnDetails = z
  .strictObject({
    type: z.enum(["number", "category"]).optional().describe("found in the first records if left out"),
    missing: missingSchema.optional().describe("what stands in for a missing value, fitted on the training rows; an error if left out"),
    unknown: unknownSchema.optional().describe("a category that training had not: all its features are 0, or an error"),
  })
  .superRefine(({ type, missing, unknown }, { addIssue }) => {
    const constant = typeof missing === "object" ? typeof missing.constant : undefined;
    if (type === "category" && (missing === "mean" || missing === "median" || constant === "number")) {
      const message = `a category has no ${typeof missing === "string" ? missing : "number"}; expected "error", "dropRow" or { "constant": "a category" }`;
      addIssue({ code: "custom", path: ["missing"], message });
    }
    if (type === "number" && constant === "string")
      addIssue({ code: "custom", path: ["missing", "constant"], message: "expected a number" });
    if (type === "number" && unknown !== undefined)
      addIssue({ code: "custom", path: ["unknown"], message: "only a category can be unknown; leave it out" });
  });

const tableColumn: z.ZodType<ColumnConfig> = z.union([z.enum(["number", "category", "drop"]), columnDetails]);

/** The character between fields. */
export const delimiterSchema: z.ZodType<string> = z.string().regex(/^[^"\r\n\0\w.+\u0080-\uffff-]$/, "expected one character such as ;");

/** The character that makes a line a comment. */
export const commentSchema: z.ZodType<string> = z.string().regex(/^[^"\0\s\w.+\u0080-\uffff-]$/, "expected one character such as #");

const initializer = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("normal"), stddev: positive }),
  z.strictObject({ type: z.literal("he") }),
  z.strictObject({ type: z.literal("uniform"), limit: positive }),
  z.strictObject({ type: z.literal("glorot") }),
  z.strictObject({ type: z.literal("zeros") }),
]);

const negativeSlope = z.number().min(0).optional().describe("slope below 0, 0.01 if left out");

const activation: z.ZodType<ActivationConfig> = z.union([
  z.enum(["relu", "tanh", "leakyRelu", "gelu", "sigmoid", "softmax"]),
  z.strictObject({ type: z.literal("leakyRelu"), negativeSlope }),
]);

const size2d = z.union([integer(1), z.tuple([integer(1), integer(1)])]);
const padding = z.enum(["valid", "same"]);
const pool = {
  poolSize: size2d.optional().describe("pixels of a window: one number, or [height, width]; 2 if left out"),
  strides: size2d.optional().describe("from a window to the next one; the pool's size if left out"),
  padding: padding.optional(),
};

const layer = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("dense"),
    units: integer(1),
    activation: activation.optional(),
    init: initializer.optional(),
  }),
  z.strictObject({
    type: z.literal("conv2d"),
    filters: integer(1),
    kernelSize: size2d.describe("pixels of a window: one number, or [height, width]"),
    strides: size2d.optional().describe("from a window to the next one; 1 if left out"),
    padding: padding.optional().describe("whether windows lie within the image, or reach beyond it so that strides alone make it smaller"),
    activation: activation.optional(),
    init: initializer.optional(),
  }),
  z.strictObject({ type: z.literal("maxPool2d"), ...pool }),
  z.strictObject({ type: z.literal("averagePool2d"), ...pool }),
  z.strictObject({ type: z.literal("flatten") }),
  z.strictObject({ type: z.literal("dropout"), rate: z.number().min(0).lt(1).describe("share of the numbers that training sets to 0") }),
  z.strictObject({
    type: z.literal("batchNorm"),
    momentum: z.number().min(0).max(1).optional().describe("what is kept of the moving averages at each batch; 0.99 if left out"),
    epsilon: positive.optional().describe("added to the variance; 0.001 if left out"),
  }),
  z.strictObject({ type: z.literal("relu") }),
  z.strictObject({ type: z.literal("tanh") }),
  z.strictObject({ type: z.literal("leakyRelu"), negativeSlope }),
  z.strictObject({ type: z.literal("gelu") }),
  z.strictObject({ type: z.literal("sigmoid") }),
  z.strictObject({ type: z.literal("softmax") }),
]);

/** The layers of a model, at least one. */
export const layersSchema: z.ZodType<LayerConfig[]> = z.array(layer).min(1);

const lossOptions = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("softmaxCrossEntropy"),
    labelSmoothing: z.number().min(0).lt(1).optional().describe("share of each target that is spread over all classes"),
    classWeights: z
      .array(z.number().min(0))
      .min(2)
      .optional()
      .describe("a factor for the loss of each class's samples, in the classes' order"),
  }),
  z.strictObject({
    type: z.literal("binaryCrossEntropy"),
    targets: z.enum(["classes", "values"]).optional().describe("two classes by one output, or values from 0 to 1, one an output"),
  }),
  z.strictObject({ type: z.literal("meanSquaredError") }),
  z.strictObject({ type: z.literal("meanAbsoluteError") }),
  z.strictObject({ type: z.literal("huber"), delta: positive.optional().describe("from this distance on it grows linearly") }),
]);

/** A loss by its name, or with its options. */
export const lossSchema: z.ZodType<LossConfig> = z.union([
  z.enum(["softmaxCrossEntropy", "binaryCrossEntropy", "meanSquaredError", "meanAbsoluteError", "huber"]),
  lossOptions,
]);

const share = z.number().min(0).max(1);
const warmUp = { warmUp: integer(1).optional().describe("epochs before it in which the rate grows evenly") };

const schedule: z.ZodType<ScheduleConfig> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("constant"), ...warmUp }),
  z.strictObject({ type: z.literal("step"), every: integer(1), factor: share.optional(), ...warmUp }),
  z.strictObject({ type: z.literal("exponential"), factor: share, ...warmUp }),
  z.strictObject({ type: z.literal("cosine"), epochs: integer(1).optional(), final: share.optional(), ...warmUp }),
  z.strictObject({
    type: z.literal("plateau"),
    factor: share.optional(),
    patience: integer(1).optional(),
    threshold: share.optional(),
    minimum: share.optional(),
    ...warmUp,
  }),
]);

const gradients = {
  weightDecay: z.number().min(0).optional(),
  clipNorm: positive.optional().describe("the greatest norm of all gradients together; not with clipValue"),
  clipValue: positive.optional().describe("the greatest magnitude of a gradient's element"),
  schedule: schedule.optional().describe("how the learning rate goes on from epoch to epoch"),
};
const beta = z.number().min(0).lt(1);
const adamNumbers = {
  learningRate: positive.default(0.001),
  beta1: beta.default(0.9),
  beta2: beta.default(0.999),
  epsilon: positive.default(1e-7),
  ...gradients,
};

const optimizer = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("sgd"),
    learningRate: positive.default(0.01),
    momentum: beta.optional(),
    nesterov: z.boolean().optional(),
    ...gradients,
  }),
  z.strictObject({
    type: z.literal("rmsProp"),
    learningRate: positive.default(0.001),
    rho: beta.default(0.9),
    epsilon: positive.default(1e-7),
    ...gradients,
  }),
  z.strictObject({ type: z.literal("adam"), ...adamNumbers }),
  z.strictObject({ type: z.literal("adamW"), ...adamNumbers }),
]);

const delivery = z.strictObject({
  queue: integer(1).optional().describe("events that may wait for the sink, the one being written included"),
  whenFull: z.enum(["block", "dropOldest"]).optional().describe("let training wait, or drop the oldest waiting epoch"),
  timeoutMs: positive.optional().describe("a write that takes longer has failed"),
  required: z.boolean().optional().describe("whether the run fails when the sink does"),
});

const sink = z.looseObject({
  use: z.string().min(1).describe("a built-in name, ./file.ts beside the config, or a package name"),
  delivery: delivery.optional(),
});

const config = z.strictObject({
  $schema: z.string().optional(),
  name: z
    .string()
    .regex(/^[\w-][\w.-]{0,63}$/, "expected 1 to 64 letters, digits, dots, dashes or underscores")
    .default("run"),
  seed: integer(0).default(0),
  data: z.strictObject({
    train: source,
    validation: sourceOrFraction.optional(),
    test: sourceOrFraction.optional(),
    image: z.strictObject({ width: integer(1), height: integer(1) }).optional(),
    columns: z
      .record(z.string(), tableColumn)
      .optional()
      .describe(
        "columns of tables by name, or by index from 0 where there is no header; the types of those left out are found in the first records",
      ),
    delimiter: delimiterSchema.optional().describe("the character between the fields of CSV files; found in the first records if left out"),
    header: z
      .boolean()
      .optional()
      .describe("whether the first record of CSV files names the columns; found in the first records if left out"),
    comment: commentSchema.optional().describe("what a line of a CSV file begins with that is a comment, such as #"),
    malformed: z
      .union([z.enum(["fail", "skip"]), z.strictObject({ limit: integer(0) })])
      .optional()
      .describe("malformed records of CSV files: an error if left out, or left out, all of them or up to a limit, and warned of"),
    scale: z
      .union([z.enum(["standard", "minmax"]), positive])
      .optional()
      .describe("fitted on the training samples; a number divides every column of numbers"),
    stream: z
      .boolean()
      .optional()
      .describe("true: CSV files are read again in each epoch, through a shuffled window, for what doesn't fit in memory"),
    shuffleBuffer: integer(1)
      .optional()
      .describe("rows that wait to be shuffled with stream; 65,536, or as many as 64 MiB hold, if left out"),
  }),
  model: z.strictObject({
    layers: layersSchema,
    loss: lossSchema.default("softmaxCrossEntropy"),
    weights: z
      .union([
        path,
        z.strictObject({
          file: path.describe("a safetensors file, such as another run's model.safetensors"),
          layers: z
            .array(z.string().min(1))
            .min(1)
            .optional()
            .describe("the layers that are taken from it, such as conv2d_1; all if left out"),
          partial: z.boolean().optional().describe("whether the file may lack some of them"),
        }),
      ])
      .optional()
      .describe("initial weights by name, out of a safetensors file; drawn by each layer's init if left out"),
  }),
  optimizer: optimizer.prefault({ type: "sgd" }),
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
