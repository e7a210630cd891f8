// Features brought to a common scale. What was fitted is plain JSON that travels with the model, and applies the same
// arithmetic later: in f64, the result rounded to f32 once.
import { DataError } from "../DataError.ts";
import { columnLabel } from "../csv/CsvColumn.ts";
import type { Features } from "./Samples.ts";

/** A fitted scale: x / by, (x − mean) / deviation, or (x − minimum) / (maximum − minimum), the arrays one number a column. */
export type Scale =
  | { readonly type: "divide"; readonly by: number }
  | { readonly type: "standard"; readonly mean: readonly number[]; readonly deviation: readonly number[] }
  | { readonly type: "minmax"; readonly minimum: readonly number[]; readonly maximum: readonly number[] };

/** The scales that can be fitted; a number divides every feature. */
export type ScaleKind = "standard" | "minmax" | number;

/**
 * Fits a scale to the rows of `features`: "standard" (mean 0, deviation 1 over the whole set), "minmax" (0 to 1), or a number to divide by. A
 * constant column becomes 0. Throws a DataError for a divisor of 0 or a value that is not finite.
 */
export function fitScale(features: Features, kind: ScaleKind): Scale {
  if (typeof kind === "number") {
    if (!Number.isFinite(kind) || kind === 0) throw new DataError(`fitScale: cannot divide by ${kind}; give a finite number other than 0`);
    return { type: "divide", by: kind };
  }
  if (features.count === 0) throw new DataError("fitScale: there are no rows to fit to; give at least one");
  checkFinite(features);
  return kind === "minmax" ? { type: "minmax", ...ranges(features) } : { type: "standard", ...moments(features) };
}

/** Scales rows of `inputs` columns in place. */
export function applyScale(scale: Scale, features: Float32Array, inputs: number): void {
  if (scale.type === "divide") {
    for (let at = 0; at < features.length; at += 1) features[at] /= scale.by;
    return;
  }
  const offsets = scale.type === "standard" ? scale.mean : scale.minimum;
  if (offsets.length !== inputs) {
    throw new DataError(
      `applyScale: the scale was fitted to ${offsets.length} columns, but the rows have ${inputs}; they must be the same`,
    );
  }
  const widths = scale.type === "standard" ? scale.deviation : scale.maximum.map((maximum, column) => maximum - scale.minimum[column]);
  for (let row = 0; row < features.length; row += inputs) {
    for (let column = 0; column < inputs; column += 1) {
      features[row + column] = (features[row + column] - offsets[column]) / (widths[column] || 1);
    }
  }
}

function checkFinite({ count, inputs, features, featureNames }: Features): void {
  const at = features.subarray(0, count * inputs).findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const column = columnLabel(at % inputs, featureNames?.[at % inputs]);
  throw new DataError(`fitScale: ${column} is ${features[at]} in row ${Math.floor(at / inputs)}; scaling needs finite numbers`);
}

function ranges({ count, inputs, features }: Features): { minimum: number[]; maximum: number[] } {
  const minimum = Array.from(features.subarray(0, inputs));
  const maximum = minimum.slice();
  for (let at = 0; at < count * inputs; at += 1) {
    const column = at % inputs;
    minimum[column] = Math.min(minimum[column], features[at]);
    maximum[column] = Math.max(maximum[column], features[at]);
  }
  return { minimum, maximum };
}

// Two passes, sums in row order. The sum of equal f32 is exact in f64 (below 2^29 rows), so a constant column has exactly
// its value as mean and 0 as deviation, for which 1 is written.
function moments({ count, inputs, features }: Features): { mean: number[]; deviation: number[] } {
  const sums = new Float64Array(inputs);
  for (let at = 0; at < count * inputs; at += 1) sums[at % inputs] += features[at];
  const mean = Array.from(sums, (sum) => sum / count);
  const squares = new Float64Array(inputs);
  for (let at = 0; at < count * inputs; at += 1) {
    const distance = features[at] - mean[at % inputs];
    squares[at % inputs] += distance * distance;
  }
  return { mean, deviation: Array.from(squares, (square) => Math.sqrt(square / count) || 1) };
}
