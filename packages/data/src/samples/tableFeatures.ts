// The columns of numbers of a table, as a trainer takes them.
import type { TableLayout } from "../columns/ColumnConfig.ts";
import { isNumeric } from "../csv/CsvColumn.ts";
import { DataError } from "../DataError.ts";
import type { Table, TableOptions } from "./readTable.ts";
import type { Features } from "./Samples.ts";

/** How to read features. */
export interface FeatureOptions extends Pick<TableOptions, "delimiter" | "header" | "comment" | "signal" | "onProgress"> {
  /** How many columns of features there must be: as many as in training. */
  readonly inputs?: number;
  /** The names of the columns in training: a table that has names of its own is put in their order. */
  readonly featureNames?: readonly string[];
  /** The layout of the training table, where its columns were configured; it then says what `inputs` and `featureNames` would. */
  readonly layout?: TableLayout;
}

/** The columns at `places`, which were read as numbers, in that order. */
export function tableFeatures({ count, columns, values }: Table, places: readonly number[]): Features {
  const offsets = new Map(columns.filter(({ kind }) => isNumeric(kind)).map(({ index }, offset) => [index, offset]));
  const [inputs, width] = [places.length, offsets.size];
  const order = Int32Array.from(places, (index) => offsets.get(index) ?? 0);
  let features = values;
  if (inputs < width || order.some((offset, place) => offset !== place)) {
    features = new Float32Array(count * inputs);
    for (let row = 0; row < count; row += 1) {
      for (let place = 0; place < inputs; place += 1) features[row * inputs + place] = values[row * width + order[place]];
    }
  }
  const names = places.flatMap((index) => columns[index].name ?? []);
  return { count, inputs, features, ...(names.length === inputs && { featureNames: names }) };
}

/** Throws a DataError when the file has no columns of features, or not as many as `expected`. */
export function checkInputs(file: string, found: number, expected: number | undefined): void {
  if (found === 0) throw new DataError("has no columns of features besides the label", { file });
  if (expected !== undefined && found !== expected) {
    throw new DataError(`has ${found} columns of features, expected ${expected} as in training`, { file });
  }
}
