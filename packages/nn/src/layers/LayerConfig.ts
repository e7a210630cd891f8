// Layers as plain JSON: the form in which configs and model files name them.
import type { ActivationName } from "../activations/activations.ts";
import { he } from "../initializers/he.ts";
import type { Initializer } from "../initializers/Initializer.ts";
import { normal } from "../initializers/normal.ts";
import { AveragePool2D } from "./AveragePool2D.ts";
import { BatchNorm, type BatchNormOptions } from "./BatchNorm.ts";
import { Conv2D, type Conv2DOptions } from "./Conv2D.ts";
import { Dense } from "./Dense.ts";
import { Dropout, type DropoutOptions } from "./Dropout.ts";
import { Flatten } from "./Flatten.ts";
import type { LayerDescription } from "./Layer.ts";
import { MaxPool2D } from "./MaxPool2D.ts";
import type { Pool2DOptions } from "./Pool2D.ts";
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
  | ({ readonly type: "conv2d"; readonly init?: InitializerConfig } & Omit<Conv2DOptions, "init">)
  | ({ readonly type: "maxPool2d" } & Pool2DOptions)
  | ({ readonly type: "averagePool2d" } & Pool2DOptions)
  | { readonly type: "flatten" }
  | ({ readonly type: "dropout" } & DropoutOptions)
  | ({ readonly type: "batchNorm" } & BatchNormOptions)
  | { readonly type: "relu" }
  | { readonly type: "tanh" };

/** The layer that `config` describes. Throws an NnError where the layer itself would. */
export function layerFromConfig(config: LayerConfig): LayerDescription {
  switch (config.type) {
    case "dense":
      return new Dense({ ...config, init: config.init && initializerFromConfig(config.init) });
    case "conv2d":
      return new Conv2D({ ...config, init: config.init && initializerFromConfig(config.init) });
    case "maxPool2d":
      return new MaxPool2D(config);
    case "averagePool2d":
      return new AveragePool2D(config);
    case "flatten":
      return new Flatten();
    case "dropout":
      return new Dropout(config);
    case "batchNorm":
      return new BatchNorm(config);
    case "relu":
      return new Relu();
    case "tanh":
      return new Tanh();
  }
}

function initializerFromConfig(config: InitializerConfig): Initializer {
  return config.type === "normal" ? normal(config) : he();
}
