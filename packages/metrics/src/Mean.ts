import { MetricError } from "./MetricError.ts";

/** The weighted mean of numbers, such as of batch costs weighted by the batches' sizes. */
export class Mean {
  #sum = 0;
  #weight = 0;

  /** Forgets all numbers. */
  reset(): void {
    this.#sum = 0;
    this.#weight = 0;
  }

  /** Takes a number in, with a weight of 1 by default. Throws a MetricError on a negative weight. */
  update(value: number, weight = 1): void {
    if (!(weight >= 0)) throw new MetricError(`Mean: the weight is ${weight}; it must be at least 0`);
    this.#sum += value * weight;
    this.#weight += weight;
  }

  /** Σ weight · value / Σ weight; NaN while there is none. */
  result(): number {
    return this.#sum / this.#weight;
  }

  /** Adds the numbers of `other`. */
  merge(other: Mean): void {
    this.#sum += other.#sum;
    this.#weight += other.#weight;
  }
}
