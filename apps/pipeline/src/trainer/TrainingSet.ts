// The sets of a run where training works on them: in the model's memory, with a few rows to look at.
import type { ResidentSamples } from "@downhill/nn";
import type { Picture } from "@downhill/sinks";

/** A set in the model's memory. */
export interface TrainingSet {
  readonly resident: ResidentSamples;
  /** Empty where samples are not images. */
  readonly pictures: readonly Picture[];
}

/** The sets of a run. */
export interface TrainingSets {
  readonly train: TrainingSet;
  readonly validation?: TrainingSet;
  readonly test?: TrainingSet;
}
