// Split, scale, model and optimizer for a table of some size. The figures are rules of thumb that do well on tables of a
// hundred to some hundred thousand records; who knows more edits the config.
import type { LayerConfig, LossName } from "@downhill/nn";
import type { TableDescription } from "@downhill/data";
import type { LabelDecision } from "./decideLabel.ts";

/** Below this many records a third of them is tested on, and none is left for validation. */
const SMALL = 1000;
const LARGE = 10_000;

/** How the model is trained, in the config's words. */
export interface TrainingDecision {
  readonly test: { readonly fraction: number };
  readonly validation?: { readonly fraction: number };
  readonly scale: "standard" | 255;
  readonly layers: readonly LayerConfig[];
  readonly loss: LossName;
  readonly optimizer: { readonly type: "adam"; readonly learningRate: number };
  readonly epochs: number;
  readonly batchSize: number;
}

/** Decides for a table whose label and columns are decided. */
export function decideTraining({ records }: TableDescription, label: LabelDecision, images: boolean): TrainingDecision {
  const small = records < SMALL;
  const large = records >= LARGE;
  const outputs = label.targets === "classes" ? label.column.distinct : 1;
  // Of a few samples the smoother of the two learns a boundary that holds better for others.
  const activation = small ? "tanh" : "relu";
  const batchSize = small ? 16 : large ? 64 : 32;
  const batches = Math.ceil((records * (small ? 0.7 : 0.7 * 0.9)) / batchSize);
  return {
    test: { fraction: small ? 0.3 : 0.2 },
    ...(!small && { validation: { fraction: 0.1 } }),
    scale: images ? 255 : "standard",
    layers: [
      ...hiddenUnits(images, small, large).map((units): LayerConfig => ({ type: "dense", units, activation })),
      { type: "dense", units: outputs },
    ],
    loss: label.targets === "classes" ? "softmaxCrossEntropy" : "meanSquaredError",
    optimizer: { type: "adam", learningRate: small ? 0.005 : 0.001 },
    epochs: Math.min(200, Math.max(10, Math.round((small ? 1000 : 5000) / batches))),
    batchSize,
  };
}

function hiddenUnits(images: boolean, small: boolean, large: boolean): number[] {
  if (images) return [128];
  if (small) return [16];
  return large ? [64, 32] : [32];
}
