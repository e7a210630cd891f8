// Values to predict, brought to mean 0 and deviation 1 for training and back for people. All outputs share one deviation, so
// that the cost keeps its meaning: it is the mean squared error in the values' unit, divided by deviation².
import { DataError } from "../DataError.ts";
import type { ClassTargets, ValueTargets } from "./Samples.ts";

/** A fitted scale of the values to predict: (value − mean of its output) / deviation. */
export interface TargetScale {
  /** One number an output. */
  readonly mean: readonly number[];
  readonly deviation: number;
}

/** Fits the scale to the training values; constant ones get a deviation of 1. Throws a DataError for a value that is not finite. */
export function fitTargetScale({ values, outputs }: ValueTargets): TargetScale {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0)
    throw new DataError(`the value to predict is ${values[at]} in row ${Math.floor(at / outputs) + 1} of training; correct or remove it`);
  const count = values.length / outputs;
  const sums = new Float64Array(outputs);
  values.forEach((value, place) => (sums[place % outputs] += value));
  const mean = Array.from(sums, (sum) => sum / count);
  const squares = values.reduce((sum, value, place) => sum + (value - mean[place % outputs]) * (value - mean[place % outputs]), 0);
  return { mean, deviation: Math.sqrt(squares / values.length) || 1 };
}

/** The scale that leaves values of `outputs` as they are. */
export function plainTargetScale(outputs: number): TargetScale {
  return { mean: new Array<number>(outputs).fill(0), deviation: 1 };
}

/** The targets as training sees them: a copy; classes as they are. */
export function scaleTargets(scale: TargetScale | undefined, targets: ClassTargets | ValueTargets): ClassTargets | ValueTargets {
  if (scale === undefined || targets.kind === "classes") return targets;
  const { mean, deviation } = scale;
  const { values, outputs } = targets;
  return { ...targets, values: values.map((value, place) => (value - mean[place % outputs]) / deviation) };
}

/** Outputs of the model, rows of as many as the scale has, in the values' own unit: a copy. */
export function restoreValues({ mean, deviation }: TargetScale, outputs: Float32Array): Float32Array {
  return outputs.map((value, place) => value * deviation + mean[place % mean.length]);
}
