/** A wrong batch: the message names the metric, what was given, and the remedy. */
export class MetricError extends RangeError {
  override readonly name = "MetricError";
}

/** Throws a MetricError unless there is one prediction for each true value. */
export function checkSameLength(metric: string, predicted: ArrayLike<number>, actual: ArrayLike<number>): void {
  if (predicted.length !== actual.length) {
    throw new MetricError(`${metric}: ${predicted.length} predictions for ${actual.length} true values; give one for each`);
  }
}
