// A curve as it grows, and how it is thinned before it is drawn: a picture has only so many columns of pixels, whatever the
// number of epochs.

// What a curve keeps, however long the run: once it has so many points it is thinned to columns finer than any picture's, which
// leaves half of them at most.
const MOST_POINTS = 40_960;
const KEPT_COLUMNS = 4096;

/** Room for the first values. */
const FEWEST = 64;

/** One value an epoch, in the order of the epochs; of tens of thousands of them, those that a picture shows. */
export class Curve {
  // Arrays of a fixed size: one that grows leaves its old memory behind, each time that a long run thins it.
  #epochs = new Float64Array(FEWEST);
  #values = new Float64Array(FEWEST);
  #length = 0;

  /** A view of what is kept, until the next value comes. */
  get epochs(): Float64Array {
    return this.#epochs.subarray(0, this.#length);
  }

  /** A view of what is kept, until the next value comes. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  /** Adds the value of the next epoch. */
  push(epoch: number, value: number): void {
    if (this.#length === this.#epochs.length) this.#grow();
    this.#epochs[this.#length] = epoch;
    this.#values[this.#length] = value;
    this.#length += 1;
    if (this.#length === MOST_POINTS) this.#thin(epoch);
  }

  #grow(): void {
    const room = Math.min(2 * this.#length, MOST_POINTS);
    const [epochs, values] = [this.epochs, this.values];
    this.#epochs = new Float64Array(room);
    this.#values = new Float64Array(room);
    this.#epochs.set(epochs);
    this.#values.set(values);
  }

  // In place: no point moves behind one that is still to be read.
  #thin(last: number): void {
    let length = 0;
    forEachKept(this, this.#epochs[0], last, KEPT_COLUMNS, (epoch, value) => {
      this.#epochs[length] = epoch;
      this.#values[length] = value;
      length += 1;
    });
    this.#length = length;
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
  forEachKept(curve, first, last, columns, (epoch, value) => points.push([epoch, value]));
  return points;
}

// Calls `take` with each point that stays, in order. A long run thins its curves often: nothing is made for each part.
function forEachKept(
  { epochs, values }: Curve,
  first: number,
  last: number,
  columns: number,
  take: (epoch: number, value: number) => void,
): void {
  const columnOf = (index: number): number => Math.floor(((epochs[index] - first) / Math.max(1, last - first)) * columns);
  const { length } = epochs;
  const kept = new Int32Array(5);
  for (let start = 0; start < length;) {
    const column = columnOf(start);
    // First, least, greatest, last, and the first that isn't finite; -1 where there is none.
    kept.fill(-1);
    let end = start;
    for (; end < length && columnOf(end) === column; end += 1) {
      if (!Number.isFinite(values[end])) {
        if (kept[4] < 0) kept[4] = end;
        continue;
      }
      if (kept[0] < 0) kept[0] = kept[1] = kept[2] = end;
      if (values[end] < values[kept[1]]) kept[1] = end;
      if (values[end] > values[kept[2]]) kept[2] = end;
      kept[3] = end;
    }
    kept.sort();
    for (let place = 0; place < kept.length; place += 1) {
      const index = kept[place];
      if (index >= 0 && index !== kept[place - 1]) take(epochs[index], Number.isFinite(values[index]) ? values[index] : Number.NaN);
    }
    start = end;
  }
}
