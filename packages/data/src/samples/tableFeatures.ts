// The columns of numbers of a table, as a trainer takes them.
import { DataError } from "../DataError.ts";
import type { Table, TableOptions } from "./readTable.ts";
import type { Features } from "./Samples.ts";

/** How to read features. */
export interface FeatureOptions extends Pick<TableOptions, "delimiter" | "header" | "signal" | "onProgress"> {
  /** How many columns of features there must be: as many as in training. */
  readonly inputs?: number;
}

/** The columns of numbers of `table`, without the one at `leftOut`; throws a DataError when there are none, or not `inputs`. */
export function tableFeatures({ file, count, columns, values }: Table, inputs?: number, leftOut?: number): Features {
  const numbers = columns.filter(({ kind }) => kind === "number");
  const kept = numbers.filter(({ index }) => index !== leftOut);
  checkInputs(file, kept.length, inputs);
  const places = kept.map((column) => numbers.indexOf(column));
  const width = kept.length;
  let features = values;
  if (width < numbers.length) {
    features = new Float32Array(count * width);
    for (let row = 0; row < count; row += 1) {
      for (let column = 0; column < width; column += 1) features[row * width + column] = values[row * numbers.length + places[column]];
    }
  }
  const names = kept.flatMap(({ name }) => name ?? []);
  return { count, inputs: width, features, ...(names.length === width && { featureNames: names }) };
}

/** Throws a DataError when the file has no columns of features, or not as many as `expected`. */
export function checkInputs(file: string, found: number, expected: number | undefined): void {
  if (found === 0) throw new DataError("has no columns of features besides the label", { file });
  if (expected !== undefined && found !== expected) {
    throw new DataError(`has ${found} columns of features, expected ${expected} as in training`, { file });
  }
}
