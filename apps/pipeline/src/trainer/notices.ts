// What a person should know of the model and the data together before training, and may have meant otherwise.
import type { Samples } from "@downhill/data";
import type { NamedLayer } from "@downhill/nn";
import { outputsOf } from "./loadSets.ts";

/** A line for each thing that is allowed and often a mistake. */
export function notices(train: Samples, layers: readonly NamedLayer[]): string[] {
  return [spareOutputs(train, layers)].filter((line) => line !== undefined);
}

function spareOutputs({ targets }: Samples, layers: readonly NamedLayer[]): string | undefined {
  const { outputs } = layers[layers.length - 1];
  if (targets.kind !== "classes" || outputs === outputsOf(targets)) return undefined;
  return `the last layer gives ${outputs} outputs for ${targets.classes.length} classes (${targets.classes.join(", ")})`;
}
