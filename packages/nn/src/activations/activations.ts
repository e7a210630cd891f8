// Activations by the names that options and configs use.
import type { Activation } from "./Activation.ts";
import { gelu } from "./gelu.ts";
import { leakyRelu, type LeakyReluOptions } from "./leakyRelu.ts";
import { relu } from "./relu.ts";
import { sigmoid } from "./sigmoid.ts";
import { tanh } from "./tanh.ts";

/** The name of an activation. */
export type ActivationName = "relu" | "tanh" | "leakyRelu" | "gelu" | "sigmoid";

/** Every activation by its name, with its default options. */
export const activations: Readonly<Record<ActivationName, Activation>> = { relu, tanh, leakyRelu: leakyRelu(), gelu, sigmoid };

/**
 * The activation of a layer, as options and configs give it. "softmax" is for the last layer of a model with softmaxCrossEntropy: that
 * loss takes logits, so training leaves it out and `predict` applies it.
 */
export type ActivationConfig = ActivationName | "softmax" | ({ readonly type: "leakyRelu" } & LeakyReluOptions);

/** The name that `config` gives. */
export function activationName(config: ActivationConfig): ActivationName | "softmax" {
  return typeof config === "string" ? config : config.type;
}

/** What a layer computes for `config`; undefined for softmax, which `predict` does. */
export function activationFromConfig(config: ActivationConfig): Activation | undefined {
  if (config === "softmax") return undefined;
  return typeof config === "string" ? activations[config] : leakyRelu(config);
}
