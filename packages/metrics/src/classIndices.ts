// What every metric over classes asks of its classes and of the indices that it is given.
import { MetricError } from "./MetricError.ts";

/** Throws a MetricError unless `classes` is a whole number of at least 1. */
export function checkClassCount(metric: string, classes: number): void {
  if (!Number.isSafeInteger(classes) || classes < 1) {
    throw new MetricError(`${metric}: classes is ${classes}; it must be a whole number of at least 1`);
  }
}

/** Throws a MetricError at the first of `indices` that is none of 0 to `classes` − 1. */
export function checkClassIndices(metric: string, indices: ArrayLike<number>, classes: number): void {
  for (let place = 0; place < indices.length; place += 1) {
    const index = indices[place];
    if (!Number.isInteger(index) || index < 0 || index >= classes) {
      throw new MetricError(`${metric}: ${index} is no class; classes are 0 to ${classes - 1}`);
    }
  }
}

/** Throws a MetricError unless both metrics have as many classes. */
export function checkSameClasses(metric: string, mine: number, others: number): void {
  if (others !== mine) throw new MetricError(`${metric}: ${others} classes can't be merged into ${mine}`);
}
