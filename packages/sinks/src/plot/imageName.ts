// What a figure calls an image: the kind of its set, and its row in it.
import type { SampleSet } from "../contract/TrainingEvent.ts";

/** The set's adjective: `training`, `validation` or `test`. */
export function imageKind(set: SampleSet["name"]): string {
  return set === "train" ? "training" : set;
}

/** An image by its row: `test image 17`. */
export function imageName(set: SampleSet["name"], index: number): string {
  return `${imageKind(set)} image ${index}`;
}
