import { Mean } from "./Mean.ts";
import type { Metric } from "./Metric.ts";
import { checkSameLength } from "./MetricError.ts";

/** √(mean of (predicted − actual)²), in the unit of the values. */
export class RootMeanSquaredError implements Metric<number> {
  readonly #squares = new Mean();

  reset(): void {
    this.#squares.reset();
  }

  update(predicted: ArrayLike<number>, actual: ArrayLike<number>): void {
    checkSameLength("RootMeanSquaredError", predicted, actual);
    for (let index = 0; index < actual.length; index += 1) this.#squares.update((predicted[index] - actual[index]) ** 2);
  }

  result(): number {
    return Math.sqrt(this.#squares.result());
  }

  merge(other: this): void {
    this.#squares.merge(other.#squares);
  }
}
