// Losses by the names that configs use, with options where they have some.
import { binaryCrossEntropy, binaryCrossEntropyOfValues } from "./binaryCrossEntropy.ts";
import { huber, type HuberOptions } from "./huber.ts";
import type { Loss } from "./Loss.ts";
import { meanAbsoluteError } from "./meanAbsoluteError.ts";
import { meanSquaredError } from "./meanSquaredError.ts";
import { softmaxCrossEntropy, weightedCrossEntropy, type WeightedCrossEntropyOptions } from "./softmaxCrossEntropy.ts";

/** The name of a loss. */
export type LossName = "softmaxCrossEntropy" | "binaryCrossEntropy" | "meanSquaredError" | "meanAbsoluteError" | "huber";

/** Every loss by its name, with its default options. */
export const losses: Readonly<Record<LossName, Loss>> = {
  softmaxCrossEntropy,
  binaryCrossEntropy,
  meanSquaredError,
  meanAbsoluteError,
  huber: huber(),
};

/** A loss as plain JSON: its name, or an object with its options. */
export type LossConfig =
  | LossName
  | ({ readonly type: "softmaxCrossEntropy" } & WeightedCrossEntropyOptions)
  | { readonly type: "binaryCrossEntropy"; readonly targets?: "classes" | "values" }
  | { readonly type: "meanSquaredError" | "meanAbsoluteError" }
  | ({ readonly type: "huber" } & HuberOptions);

/** The loss that `config` describes. Throws an NnError on options out of range. */
export function lossFromConfig(config: LossConfig): Loss {
  if (typeof config === "string") return losses[config];
  switch (config.type) {
    case "softmaxCrossEntropy":
      return config.labelSmoothing === undefined && config.classWeights === undefined ? softmaxCrossEntropy : weightedCrossEntropy(config);
    case "binaryCrossEntropy":
      return config.targets === "values" ? binaryCrossEntropyOfValues : binaryCrossEntropy;
    case "huber":
      return huber(config);
    default:
      return losses[config.type];
  }
}
