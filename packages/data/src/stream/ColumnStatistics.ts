// What one pass can tell of columns, in memory that doesn't grow with the rows. Mean and squares by Welford's recurrence (1962), in row
// order: m_n = m_(n-1) + (x − m_(n-1)) / n, and s_n = s_(n-1) + (x − m_(n-1)) · (x − m_n). A constant column has exactly 0 squares.

/** Counts, ranges and moments of rows of `width` numbers. */
export class ColumnStatistics {
  readonly width: number;
  /** Rows so far. */
  rows = 0;
  /** By column: values that are finite, NaN, and infinite. */
  readonly finite: Float64Array;
  readonly gaps: Float64Array;
  readonly infinite: Float64Array;
  /** Of the finite values of each column. */
  readonly mean: Float64Array;
  readonly squares: Float64Array;
  readonly minimum: Float64Array;
  readonly maximum: Float64Array;

  constructor(width: number) {
    const perColumn = (): Float64Array => new Float64Array(width);
    this.width = width;
    this.finite = perColumn();
    this.gaps = perColumn();
    this.infinite = perColumn();
    this.mean = perColumn();
    this.squares = perColumn();
    this.minimum = perColumn().fill(Number.POSITIVE_INFINITY);
    this.maximum = perColumn().fill(Number.NEGATIVE_INFINITY);
  }

  /** Adds a row of `values` [rows × width]; whether all of it is finite. */
  add(values: ArrayLike<number>, row: number): boolean {
    let sound = true;
    const { width, finite, mean, squares, minimum, maximum } = this;
    for (let column = 0, at = row * width; column < width; column += 1, at += 1) {
      const value = values[at];
      // The difference is NaN for what is not finite.
      if (value - value !== 0) {
        (Number.isNaN(value) ? this.gaps : this.infinite)[column] += 1;
        sound = false;
        continue;
      }
      const distance = value - mean[column];
      const count = finite[column] + 1;
      finite[column] = count;
      if (distance !== 0) {
        const next = mean[column] + distance / count;
        mean[column] = next;
        squares[column] += distance * (value - next);
      }
      if (value < minimum[column]) minimum[column] = value;
      if (value > maximum[column]) maximum[column] = value;
    }
    this.rows += 1;
    return sound;
  }
}

/** The mean, deviation and range of a column once `fill` stands in for its gaps. */
export interface FilledStatistics {
  readonly mean: number;
  /** Of the whole set, not of a sample; 1 for a constant column. */
  readonly deviation: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Those of one column of `statistics`, which has a finite value or a gap. */
export function filled(statistics: ColumnStatistics, column: number, fill: number): FilledStatistics {
  const { finite, gaps, mean, squares, minimum, maximum } = statistics;
  const [count, more] = [finite[column], gaps[column]];
  const at = { mean: mean[column], squares: squares[column], minimum: minimum[column], maximum: maximum[column] };
  if (more > 0) {
    const distance = fill - at.mean;
    at.mean += (distance * more) / (count + more);
    at.squares += (distance * distance * count * more) / (count + more);
    at.minimum = Math.min(at.minimum, fill);
    at.maximum = Math.max(at.maximum, fill);
  }
  const { squares: sum, ...rest } = at;
  return { ...rest, deviation: Math.sqrt(sum / (count + more)) || 1 };
}
