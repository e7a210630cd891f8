// Layers as plain JSON: the form in which configs and model files name them.
import type { ActivationConfig } from "../activations/activations.ts";
import type { LeakyReluOptions } from "../activations/leakyRelu.ts";
import { type InitializerConfig, initializerFromConfig } from "../initializers/InitializerConfig.ts";
import { AveragePool2D } from "./AveragePool2D.ts";
import { BatchNorm, type BatchNormOptions } from "./BatchNorm.ts";
import { Conv2D, type Conv2DOptions } from "./Conv2D.ts";
import { Dense } from "./Dense.ts";
import { Dropout, type DropoutOptions } from "./Dropout.ts";
import { Flatten } from "./Flatten.ts";
import type { LayerDescription } from "./Layer.ts";
import { Gelu } from "./Gelu.ts";
import { LeakyRelu } from "./LeakyRelu.ts";
import { MaxPool2D } from "./MaxPool2D.ts";
import type { Pool2DOptions } from "./Pool2D.ts";
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
  | ({ readonly type: "conv2d"; readonly init?: InitializerConfig } & Omit<Conv2DOptions, "init">)
  | ({ readonly type: "maxPool2d" } & Pool2DOptions)
  | ({ readonly type: "averagePool2d" } & Pool2DOptions)
  | { readonly type: "flatten" }
  | ({ readonly type: "dropout" } & DropoutOptions)
  | ({ readonly type: "batchNorm" } & BatchNormOptions)
  | { readonly type: "relu" }
  | { readonly type: "tanh" }
  | ({ readonly type: "leakyRelu" } & LeakyReluOptions)
  | { readonly type: "gelu" | "sigmoid" | "softmax" };

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
