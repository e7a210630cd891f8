// A curve as it grows, and how it is thinned before it is drawn: a picture has only so many columns of pixels, whatever the
// number of epochs.

// What a curve keeps, however long the run: once it has so many points it is thinned to columns finer than any picture's, which
// leaves half of them at most.
const MOST_POINTS = 40_960;
const KEPT_COLUMNS = 4096;

/** One value an epoch, in the order of the epochs; of tens of thousands of them, those that a picture shows. */
export class Curve {
  readonly epochs: number[] = [];
  readonly values: number[] = [];

  /** Adds the value of the next epoch. */
  push(epoch: number, value: number): void {
    this.epochs.push(epoch);
    this.values.push(value);
    if (this.epochs.length >= MOST_POINTS) this.#thin(epoch);
  }

  #thin(last: number): void {
    const kept = thin(this, this.epochs[0], last, KEPT_COLUMNS);
    this.epochs.length = 0;
    this.values.length = 0;
    for (const [epoch, value] of kept) {
      this.epochs.push(epoch);
      this.values.push(value);
    }
  }
}

/** A point of a curve; its value is NaN where the curve is interrupted. */
export type Point = readonly [epoch: number, value: number];

/**
 * Thins `curve` to `columns` equal parts of the epochs from `first` to `last`. Of each part stay the first, the least, the greatest and
 * the last value, which draw the same pixels as all of them, and one NaN where the part holds a value that is not finite.
 */
export function thin(curve: Curve, first: number, last: number, columns: number): Point[] {
  const points: Point[] = [];
  const { epochs, values } = curve;
  const columnOf = (index: number): number => Math.floor(((epochs[index] - first) / Math.max(1, last - first)) * columns);
  for (let start = 0; start < epochs.length;) {
    const column = columnOf(start);
    let end = start;
    const kept = { first: -1, least: -1, greatest: -1, last: -1, gap: -1 };
    for (; end < epochs.length && columnOf(end) === column; end += 1) {
      if (!Number.isFinite(values[end])) {
        if (kept.gap < 0) kept.gap = end;
        continue;
      }
      if (kept.first < 0) kept.first = kept.least = kept.greatest = end;
      if (values[end] < values[kept.least]) kept.least = end;
      if (values[end] > values[kept.greatest]) kept.greatest = end;
      kept.last = end;
    }
    const indices = [...new Set(Object.values(kept))].filter((index) => index >= 0).toSorted((one, other) => one - other);
    for (const index of indices) points.push([epochs[index], index === kept.gap ? Number.NaN : values[index]]);
    start = end;
  }
  return points;
}
