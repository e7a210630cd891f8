// The config's `model`: layers, loss, and weights to begin with.
import type { ActivationConfig, LayerConfig, LossConfig } from "@downhill/nn";
import { z } from "zod";
import type { ModelConfig } from "../Config.ts";
import { integer, path, positive } from "./numbers.ts";

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

/** The model. */
export const modelSchema: z.ZodType<ModelConfig> = z.strictObject({
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
});
