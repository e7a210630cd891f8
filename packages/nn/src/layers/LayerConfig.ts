// Layers as plain JSON: the form in which configs and model files name them.
import type { ActivationName } from "../activations/activations.ts";
import { he } from "../initializers/he.ts";
import type { Initializer } from "../initializers/Initializer.ts";
import { normal } from "../initializers/normal.ts";
import { Dense } from "./Dense.ts";
import type { LayerDescription } from "./Layer.ts";
import { Relu } from "./Relu.ts";
import { Tanh } from "./Tanh.ts";

/** An initializer as plain JSON. */
export type InitializerConfig = { readonly type: "normal"; readonly stddev: number } | { readonly type: "he" };

/** A layer as plain JSON. */
export type LayerConfig =
  | {
      readonly type: "dense";
      readonly units: number;
      readonly activation?: ActivationName;
      readonly init?: InitializerConfig;
    }
  | { readonly type: "relu" }
  | { readonly type: "tanh" };

/** The layer that `config` describes. Throws an NnError where the layer itself would. */
export function layerFromConfig(config: LayerConfig): LayerDescription {
  switch (config.type) {
    case "dense":
      return new Dense({ ...config, init: config.init && initializerFromConfig(config.init) });
    case "relu":
      return new Relu();
    case "tanh":
      return new Tanh();
  }
}

function initializerFromConfig(config: InitializerConfig): Initializer {
  return config.type === "normal" ? normal(config) : he();
}
