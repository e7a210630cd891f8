import type { Metric } from "./Metric.ts";
import { checkSameLength } from "./MetricError.ts";

/**
 * The share of the values' variance that the predictions explain: 1 − Σ(actual − predicted)² / Σ(actual − mean)². 1 is perfect, 0 as good
 * as always predicting the mean, less is worse; NaN where the actual values are all the same.
 */
export class R2 implements Metric<number> {
  #count = 0;
  // Sums are of distances from the first value seen, so that values that lie close together far from 0 keep their digits.
  #origin = 0;
  #sum = 0;
  #squares = 0;
  #errors = 0;

  reset(): void {
    this.#count = 0;
    this.#sum = 0;
    this.#squares = 0;
    this.#errors = 0;
  }

  update(predicted: ArrayLike<number>, actual: ArrayLike<number>): void {
    checkSameLength("R2", predicted, actual);
    for (let index = 0; index < actual.length; index += 1) {
      if (this.#count === 0) this.#origin = actual[index];
      const distance = actual[index] - this.#origin;
      this.#count += 1;
      this.#sum += distance;
      this.#squares += distance * distance;
      this.#errors += (predicted[index] - actual[index]) ** 2;
    }
  }

  result(): number {
    const spread = this.#squares - (this.#sum * this.#sum) / this.#count;
    return spread > 0 ? 1 - this.#errors / spread : Number.NaN;
  }

  merge(other: this): void {
    if (this.#count === 0) this.#origin = other.#origin;
    // Σ(d + s) and Σ(d + s)² of the other's distances d, moved by s to this origin.
    const shift = other.#origin - this.#origin;
    this.#squares += other.#squares + 2 * shift * other.#sum + other.#count * shift * shift;
    this.#sum += other.#sum + other.#count * shift;
    this.#count += other.#count;
    this.#errors += other.#errors;
  }
}
