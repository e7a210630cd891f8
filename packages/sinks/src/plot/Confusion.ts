// What a set's samples are and what they are taken for, out of the run's last event.
import type { DataLoaded, RunCompleted, SampleSet } from "../contract/TrainingEvent.ts";

/** The confusion matrix of a set. */
export interface Confusion {
  readonly set: SampleSet["name"];
  readonly classes: readonly string[] | undefined;
  /** Samples by true class (row) and predicted class (column), `[classes × classes]`. */
  readonly counts: readonly (readonly number[])[];
}

/** The matrix of the first of test, validation and training set that has one; undefined where none has. */
export function confusionOf(event: RunCompleted, sets: DataLoaded["sets"]): Confusion | undefined {
  for (const set of ["test", "validation", "train"] as const) {
    const counts = event[set]?.confusionMatrix;
    if (counts !== undefined && counts.length > 0) return { set, classes: sets.find(({ name }) => name === set)?.classes, counts };
  }
  return undefined;
}

/** All samples, and those on the diagonal. */
export function tallyOf({ counts }: Confusion): { readonly samples: number; readonly right: number } {
  const samples = counts.reduce((sum, row) => sum + row.reduce((one, other) => one + other, 0), 0);
  return { samples, right: counts.reduce((sum, row, actual) => sum + (row[actual] ?? 0), 0) };
}
