// Layers as plain JSON: the form in which configs and model files name them.
import type { ActivationConfig } from "../activations/activations.ts";
import type { LeakyReluOptions } from "../activations/leakyRelu.ts";
import { type InitializerConfig, initializerFromConfig } from "../initializers/InitializerConfig.ts";
import { Dense } from "./Dense.ts";
import type { LayerDescription } from "./Layer.ts";
import { Gelu } from "./Gelu.ts";
import { LeakyRelu } from "./LeakyRelu.ts";
import { Relu } from "./Relu.ts";
import { Sigmoid } from "./Sigmoid.ts";
import { Softmax } from "./Softmax.ts";
import { Tanh } from "./Tanh.ts";

/** A layer as plain JSON. */
export type LayerConfig =
  | {
      readonly type: "dense";
      readonly units: number;
      readonly activation?: ActivationConfig;
      readonly init?: InitializerConfig;
    }
  | { readonly type: "relu" }
  | { readonly type: "tanh" }
  | ({ readonly type: "leakyRelu" } & LeakyReluOptions)
  | { readonly type: "gelu" | "sigmoid" | "softmax" };

/** The layer that `config` describes. Throws an NnError where the layer itself would. */
export function layerFromConfig(config: LayerConfig): LayerDescription {
  switch (config.type) {
    case "dense":
      return new Dense({ ...config, init: config.init && initializerFromConfig(config.init) });
    case "relu":
      return new Relu();
    case "tanh":
      return new Tanh();
    case "leakyRelu":
      return new LeakyRelu(config);
    case "gelu":
      return new Gelu();
    case "sigmoid":
      return new Sigmoid();
    case "softmax":
      return new Softmax();
  }
}
