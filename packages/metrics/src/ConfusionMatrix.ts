import { checkClassCount, checkClassIndices, checkSameClasses } from "./classIndices.ts";
import type { Metric } from "./Metric.ts";
import { checkSameLength } from "./MetricError.ts";

/** How often each class was taken for each: `result()[actual][predicted]` samples, `[classes × classes]`. */
export class ConfusionMatrix implements Metric<number[][]> {
  readonly classes: number;
  readonly #counts: Float64Array;

  /** Throws a MetricError unless `classes` is a whole number of at least 1. */
  constructor(classes: number) {
    checkClassCount("ConfusionMatrix", classes);
    this.classes = classes;
    this.#counts = new Float64Array(classes * classes);
  }

  reset(): void {
    this.#counts.fill(0);
  }

  /** Takes class indices in. Throws a MetricError, before counting any, on an index that is no class. */
  update(predicted: ArrayLike<number>, actual: ArrayLike<number>): void {
    checkSameLength("ConfusionMatrix", predicted, actual);
    for (const indices of [predicted, actual]) checkClassIndices("ConfusionMatrix", indices, this.classes);
    for (let index = 0; index < actual.length; index += 1) this.#counts[actual[index] * this.classes + predicted[index]] += 1;
  }

  result(): number[][] {
    return Array.from({ length: this.classes }, (_, row) => [...this.#counts.subarray(row * this.classes, (row + 1) * this.classes)]);
  }

  /** Adds the counts of `other`. Throws a MetricError unless it has as many classes. */
  merge(other: this): void {
    checkSameClasses("ConfusionMatrix", this.classes, other.classes);
    other.#counts.forEach((count, index) => (this.#counts[index] += count));
  }
}
