import { Mean } from "./Mean.ts";
import type { Metric } from "./Metric.ts";
import { checkSameLength } from "./MetricError.ts";

/** The mean of |predicted − actual|, in the unit of the values. */
export class MeanAbsoluteError implements Metric<number> {
  readonly #distances = new Mean();

  reset(): void {
    this.#distances.reset();
  }

  update(predicted: ArrayLike<number>, actual: ArrayLike<number>): void {
    checkSameLength("MeanAbsoluteError", predicted, actual);
    for (let index = 0; index < actual.length; index += 1) this.#distances.update(Math.abs(predicted[index] - actual[index]));
  }

  result(): number {
    return this.#distances.result();
  }

  merge(other: this): void {
    this.#distances.merge(other.#distances);
  }
}
