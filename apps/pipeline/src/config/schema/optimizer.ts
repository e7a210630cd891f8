// The config's `optimizer`, with the schedule of its learning rate.
import type { ScheduleConfig } from "@downhill/nn";
import { z } from "zod";
import type { OptimizerConfig } from "../Config.ts";
import { integer, positive } from "./numbers.ts";

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

/** The optimizer and its numbers. */
export const optimizerSchema: z.ZodType<OptimizerConfig> = z.discriminatedUnion("type", [
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
