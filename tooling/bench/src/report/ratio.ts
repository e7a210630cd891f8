// Figures of rounds → what is said of them: medians, and ratios formed within a round before the median is taken.

/** How many times better ours is than a rival; above 1, ours is ahead. */
export interface Ratio {
  /** `ours/rival`, or `ours/rival@case` where a bench has several. */
  readonly name: string;
  /** The median over the rounds. */
  readonly value: number;
  readonly lowest: number;
  readonly highest: number;
}

/** The ratio `name` of durations: `rival[round] / ours[round]`. */
export function ratioOfDurations(name: string, ours: readonly number[], rival: readonly number[]): Ratio {
  return summary(
    name,
    ours.map((duration, round) => rival[round] / duration),
  );
}

/** The ratio `name` of rates, such as GFLOP/s: `ours[round] / rival[round]`. */
export function ratioOfRates(name: string, ours: readonly number[], rival: readonly number[]): Ratio {
  return summary(
    name,
    ours.map((rate, round) => rate / rival[round]),
  );
}

function summary(name: string, ratios: readonly number[]): Ratio {
  return { name, value: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The sum over the count. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
