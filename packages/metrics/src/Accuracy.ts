import { Mean } from "./Mean.ts";
import type { Metric } from "./Metric.ts";
import { checkSameLength } from "./MetricError.ts";

/** The share of class indices that were predicted right, 0..1. */
export class Accuracy implements Metric<number> {
  readonly #hits = new Mean();

  reset(): void {
    this.#hits.reset();
  }

  update(predicted: ArrayLike<number>, actual: ArrayLike<number>): void {
    checkSameLength("Accuracy", predicted, actual);
    for (let index = 0; index < actual.length; index += 1) this.#hits.update(predicted[index] === actual[index] ? 1 : 0);
  }

  result(): number {
    return this.#hits.result();
  }

  merge(other: this): void {
    this.#hits.merge(other.#hits);
  }
}
