import { checkClassCount, checkClassIndices } from "./classIndices.ts";
import { Mean } from "./Mean.ts";
import type { Metric } from "./Metric.ts";
import { MetricError } from "./MetricError.ts";

/**
 * The share of samples whose class is among the `k` with the greatest scores, 0..1; scores are probabilities or logits. Of equal scores the
 * class of the lower index comes first, as argmax has it; NaN comes behind every number.
 */
export class TopKAccuracy implements Metric<number> {
  readonly k: number;
  readonly classes: number;
  readonly #hits = new Mean();

  /** Throws a MetricError unless `classes` is a whole number of at least 1 and `k` one from 1 to `classes`. */
  constructor(k: number, classes: number) {
    checkClassCount("TopKAccuracy", classes);
    if (!Number.isInteger(k) || k < 1 || k > classes) {
      throw new MetricError(`TopKAccuracy: k is ${k} of ${classes} classes; it must be a whole number from 1 to ${classes}`);
    }
    this.k = k;
    this.classes = classes;
  }

  reset(): void {
    this.#hits.reset();
  }

  /**
   * Takes scores `[samples × classes]`, row by row, and the samples' class indices in. Throws a MetricError, before counting any, unless there
   * are as many scores, or on an index that is no class.
   */
  update(predicted: ArrayLike<number>, actual: ArrayLike<number>): void {
    if (predicted.length !== actual.length * this.classes) {
      throw new MetricError(`TopKAccuracy: ${predicted.length} scores for ${actual.length} true classes; give ${this.classes} for each`);
    }
    checkClassIndices("TopKAccuracy", actual, this.classes);
    for (let sample = 0; sample < actual.length; sample += 1) {
      this.#hits.update(this.#rank(predicted, sample * this.classes, actual[sample]) < this.k ? 1 : 0);
    }
  }

  result(): number {
    return this.#hits.result();
  }

  /** Adds what `other` has counted. Throws a MetricError unless it has the same `k` and as many classes. */
  merge(other: this): void {
    if (other.k !== this.k || other.classes !== this.classes) {
      throw new MetricError(`TopKAccuracy: ${other.k} of ${other.classes} classes can't be merged into ${this.k} of ${this.classes}`);
    }
    this.#hits.merge(other.#hits);
  }

  // How many classes come before `wanted` in the row of scores that starts at `start`.
  #rank(scores: ArrayLike<number>, start: number, wanted: number): number {
    const score = scores[start + wanted];
    let before = 0;
    for (let index = 0; index < this.classes; index += 1) {
      const other = scores[start + index];
      const equal = other === score || (Number.isNaN(other) && Number.isNaN(score));
      if (equal ? index < wanted : other > score || (Number.isNaN(score) && !Number.isNaN(other))) before += 1;
    }
    return before;
  }
}
