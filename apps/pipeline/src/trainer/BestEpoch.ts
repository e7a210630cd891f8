// The best epoch so far, with the weights that it left: what early stopping goes by and what a run may end with.
import { loadTrainingTensors, type Sequential, type Tensor, trainingTensors } from "@downhill/nn";
import type { Best } from "../checkpoint/Checkpoint.ts";

/** Remembers the epoch of the lowest cost. */
export class BestEpoch {
  readonly #model: Sequential;
  readonly #minDelta: number;
  #best: Best | undefined;
  #tensors: readonly Tensor[] | undefined;

  /** A cost is better if it is lower by more than `minDelta`. */
  constructor(model: Sequential, minDelta: number) {
    this.#model = model;
    this.#minDelta = minDelta;
  }

  get best(): Best | undefined {
    return this.#best;
  }

  /** What the model was after that epoch. */
  get tensors(): readonly Tensor[] | undefined {
    return this.#tensors;
  }

  /** Goes on from what a checkpoint holds. */
  resume(best: Best | undefined, tensors: readonly Tensor[] | undefined): void {
    this.#best = best;
    this.#tensors = tensors;
  }

  /** Compares an epoch with the best one, and keeps a copy of the model if it is better; a cost that is no number never is. */
  note(epoch: number, cost: number): void {
    if (!(cost < (this.#best?.cost ?? Infinity) - this.#minDelta)) return;
    this.#best = { epoch, cost };
    this.#tensors = trainingTensors(this.#model);
  }

  /** Makes the model what it was after the best epoch. */
  restore(): void {
    if (this.#tensors !== undefined) loadTrainingTensors(this.#model, undefined, this.#tensors);
  }
}
