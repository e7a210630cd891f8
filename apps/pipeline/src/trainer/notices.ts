// What a person should know of the data and the model before training, and may have meant otherwise.
import type { Samples } from "@downhill/data";
import type { NamedLayer } from "@downhill/nn";
import { outputsOf } from "./loadSets.ts";

/** Targets whose mean or spread is beyond this are far from what an untrained model gives. */
const LARGE_TARGET = 100;

/** A line for each thing that is allowed and often a mistake. */
export function notices(train: Samples, layers: readonly NamedLayer[]): string[] {
  return [spareOutputs(train, layers), largeTargets(train)].filter((line) => line !== undefined);
}

function spareOutputs({ targets }: Samples, layers: readonly NamedLayer[]): string | undefined {
  const { outputs } = layers[layers.length - 1];
  if (targets.kind !== "classes" || outputs === outputsOf(targets)) return undefined;
  return `the last layer gives ${outputs} outputs for ${targets.classes.length} classes (${targets.classes.join(", ")})`;
}

function largeTargets({ targets }: Samples): string | undefined {
  if (targets.kind !== "values") return undefined;
  const { values } = targets;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  if (Math.max(Math.abs(mean), spread) <= LARGE_TARGET) return undefined;
  return (
    `the values to predict are about ${mean.toPrecision(3)} ± ${spread.toPrecision(3)}; data.scale is of the features alone, ` +
    "and a model reaches such numbers slowly: divide them in your file, so that they lie near -1 to 1"
  );
}
