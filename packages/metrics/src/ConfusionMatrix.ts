import type { Metric } from "./Metric.ts";
import { checkSameLength, MetricError } from "./MetricError.ts";

/** How often each class was taken for each: `result()[actual][predicted]` samples, `[classes × classes]`. */
export class ConfusionMatrix implements Metric<number[][]> {
  readonly classes: number;
  readonly #counts: Float64Array;

  /** Throws a MetricError unless `classes` is a whole number of at least 1. */
  constructor(classes: number) {
    if (!Number.isSafeInteger(classes) || classes < 1) {
      throw new MetricError(`ConfusionMatrix: classes is ${classes}; it must be a whole number of at least 1`);
    }
    this.classes = classes;
    this.#counts = new Float64Array(classes * classes);
  }

  reset(): void {
    this.#counts.fill(0);
  }

  /** Takes class indices in. Throws a MetricError, before counting any, on an index that is no class. */
  update(predicted: ArrayLike<number>, actual: ArrayLike<number>): void {
    checkSameLength("ConfusionMatrix", predicted, actual);
    for (const indices of [predicted, actual]) {
      for (let index = 0; index < indices.length; index += 1) this.#checkClass(indices[index]);
    }
    for (let index = 0; index < actual.length; index += 1) this.#counts[actual[index] * this.classes + predicted[index]] += 1;
  }

  result(): number[][] {
    return Array.from({ length: this.classes }, (_, row) => [...this.#counts.subarray(row * this.classes, (row + 1) * this.classes)]);
  }

  /** Adds the counts of `other`. Throws a MetricError unless it has as many classes. */
  merge(other: this): void {
    if (other.classes !== this.classes)
      throw new MetricError(`ConfusionMatrix: ${other.classes} classes can't be merged into ${this.classes}`);
    other.#counts.forEach((count, index) => (this.#counts[index] += count));
  }

  #checkClass(index: number): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.classes) {
      throw new MetricError(`ConfusionMatrix: ${index} is no class; classes are 0 to ${this.classes - 1}`);
    }
  }
}
