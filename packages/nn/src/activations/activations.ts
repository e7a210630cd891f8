import type { Activation } from "./Activation.ts";
import { relu } from "./relu.ts";
import { tanh } from "./tanh.ts";

/** Every activation by the name that options and configs use. */
export const activations = { relu, tanh } satisfies Record<string, Activation> as {
  readonly relu: Activation;
  readonly tanh: Activation;
};

/** The name of an activation. */
export type ActivationName = keyof typeof activations;
