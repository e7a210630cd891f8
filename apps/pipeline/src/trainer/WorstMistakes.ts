// Of all samples that a model gets wrong, the few that it is surest of.
import type { ClassifiedBatch } from "./inspectSet.ts";

/** Pictures of an event; with those picked to be shown they are fewer than its 64. */
const KEPT = 16;

/** A sample that was predicted wrongly. */
export interface Mistake {
  /** Row of the sample in its set. */
  readonly index: number;
  readonly predicted: number;
  /** One a class. */
  readonly probabilities: readonly number[];
}

/** Looks at samples in the order of their set and keeps the worst. */
export class WorstMistakes {
  /** The greatest probability of the wrong class first, of equals the first in the set. */
  readonly found: Mistake[] = [];

  /** Takes in what is wrong in a batch. */
  look({ start, size, actual, predicted, probabilities }: ClassifiedBatch): void {
    const classes = probabilities.length / size;
    for (let row = 0; row < size; row += 1) {
      const taken = predicted[row];
      if (taken === actual[row]) continue;
      const sureness = probabilities[row * classes + taken];
      const behind = this.found.findIndex((mistake) => sureness > mistake.probabilities[mistake.predicted]);
      const place = behind === -1 ? this.found.length : behind;
      if (place === KEPT) continue;
      const all = [...probabilities.subarray(row * classes, (row + 1) * classes)];
      this.found.splice(place, 0, { index: start + row, predicted: taken, probabilities: all });
      this.found.length = Math.min(this.found.length, KEPT);
    }
  }
}
