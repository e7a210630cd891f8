// How far training has come, and what it has added up to and taken so far: what a checkpoint says besides the tensors.
import { type EpochSums, NO_SUMS } from "@downhill/nn";
import type { Position, TrainingState } from "../checkpoint/Checkpoint.ts";

/** Milliseconds of training and the samples that went through it. */
export interface Spent {
  readonly durationMs: number;
  readonly samples: number;
}

/** What {@link Progress} puts into a checkpoint. */
export type ProgressState = Pick<TrainingState, "position" | "sums" | "epochMs" | "durationMs" | "samples">;

/** Where training stands. */
export class Progress {
  #position: Position = { epoch: 0, batch: 0 };
  #sums: EpochSums = NO_SUMS;
  #epochMs = 0;
  #durationMs = 0;
  #samples = 0;

  /** Epochs that are complete, and batches of the one under way. */
  get position(): Position {
    return this.#position;
  }

  /** What the batches of the epoch under way add up to. */
  get sums(): EpochSums {
    return this.#sums;
  }

  /** In all epochs. */
  get spent(): Spent {
    return { durationMs: this.#durationMs, samples: this.#samples };
  }

  get state(): ProgressState {
    return { position: this.#position, sums: this.#sums, epochMs: this.#epochMs, ...this.spent };
  }

  /** Goes on from what a checkpoint holds. */
  resume({ position, sums, epochMs, durationMs, samples }: ProgressState): void {
    this.#position = position;
    this.#sums = sums;
    this.#epochMs = epochMs;
    this.#durationMs = durationMs;
    this.#samples = samples;
  }

  /** Batches of `batchSize` were trained on for `durationMs`: the epoch's now add up to `sums`. */
  advance(sums: EpochSums, batchSize: number, durationMs: number): void {
    this.#samples += sums.samples - this.#sums.samples;
    this.#sums = sums;
    this.#position = { epoch: this.#position.epoch, batch: Math.ceil(sums.samples / batchSize) };
    this.#epochMs += durationMs;
    this.#durationMs += durationMs;
  }

  /** The epoch under way is complete; returns what it took. */
  endEpoch(): Spent {
    const spent = { durationMs: this.#epochMs, samples: this.#sums.samples };
    this.#position = { epoch: this.#position.epoch + 1, batch: 0 };
    this.#sums = NO_SUMS;
    this.#epochMs = 0;
    return spent;
  }
}
