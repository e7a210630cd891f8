/** Something measured batch by batch. */
export interface Metric<Value> {
  /** Forgets everything that was measured. */
  reset(): void;
  /** Takes a batch in: what was predicted and what is true, one for one. Throws a MetricError if they don't match. */
  update(predicted: ArrayLike<number>, actual: ArrayLike<number>): void;
  /** The measure of all batches since the last reset; NaN while there were none. */
  result(): Value;
  /** Adds what `other` has measured, as if its batches had come here. */
  merge(other: this): void;
}
