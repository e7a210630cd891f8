// All that a run needs to go on as if it had never been interrupted.
import type { Preprocessing } from "@downhill/data";
import type { EpochSums, PlateauState, Tensor } from "@downhill/nn";

/** How far training has come: epochs that are complete, and batches of the one under way. */
export interface Position {
  readonly epoch: number;
  readonly batch: number;
}

/** The epoch after which the model did best: by validation cost, else by training cost. */
export interface Best {
  readonly epoch: number;
  readonly cost: number;
}

/** Where training stands, besides the numbers of the model and its optimizer. Every random draw is fixed by the seed and the position. */
export interface TrainingState {
  /** The run's id. */
  readonly run: string;
  readonly seed: number;
  readonly position: Position;
  /** What the batches of the epoch under way add up to. */
  readonly sums: EpochSums;
  /** Milliseconds of training in that epoch. */
  readonly epochMs: number;
  /** Milliseconds of training and samples in all epochs. */
  readonly durationMs: number;
  readonly samples: number;
  /** What the schedule of the learning rate has learnt, where it learns. */
  readonly schedule?: PlateauState;
  readonly best?: Best;
}

/** A checkpoint. */
export interface Checkpoint {
  readonly state: TrainingState;
  readonly preprocessing: Preprocessing;
  /** Parameters, and what layers and optimizer keep; see nn's `trainingTensors`. */
  readonly tensors: readonly Tensor[];
  /** The same after the best epoch, where that is not the last one; without the optimizer's. */
  readonly best?: readonly Tensor[];
}
