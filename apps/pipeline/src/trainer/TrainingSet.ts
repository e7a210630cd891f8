// The sets of a run as training works on them: in the model's memory, or read anew in each pass.
import type { Batches } from "@downhill/nn";
import type { Picture } from "@downhill/sinks";

/** A set that can be gone through again and again. */
export interface TrainingSet {
  /** Its samples. */
  readonly count: number;
  /** A few of them to look at; empty where samples are not images, or not in memory. */
  readonly pictures: readonly ShownSample[];
  /** Any sample as a picture; of the test set, where samples are images in memory. */
  picture?(row: number): Picture;
  /** The batches of an epoch, from 1, in the order in which it trains on them. */
  epoch(epoch: number): EpochBatches;
  /** All samples in the order of their file, `batchSize` at a time. */
  inOrder(batchSize: number): Batches;
}

/** The batches of one epoch, of which any part can be taken. */
export interface EpochBatches {
  /** How many they are. */
  readonly count: number;
  /** Samples of each but the last. */
  readonly batchSize: number;
  /** Those from number `start`, from 0, up to `end`, which is not among them; all that are left without an end. */
  slice(start: number, end?: number): Batches;
}

/** A picture of a sample, and the features that the model sees. */
export interface ShownSample {
  readonly picture: Picture;
  features(): Float32Array;
}

/** The sets of a run. */
export interface TrainingSets {
  readonly train: TrainingSet;
  readonly validation?: TrainingSet;
  readonly test?: TrainingSet;
}
