// The columns of numbers of a table, as a trainer takes them.
import type { TableLayout } from "../columns/ColumnConfig.ts";
import type { CsvColumn } from "../csv/CsvColumn.ts";
import { shown } from "../csv/recordErrors.ts";
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

/**
 * The columns of numbers of `table`, without the one at `leftOut`, in the order of training; throws a DataError when there are
 * none, not `inputs`, or not the ones that training had.
 */
export function tableFeatures({ file, count, columns, values }: Table, options: FeatureOptions, leftOut?: number): Features {
  const numbers = columns.filter(({ kind }) => kind === "number");
  const found = numbers.filter(({ index }) => index !== leftOut);
  checkInputs(file, found.length, options.inputs);
  const kept = inOrderOf(options.featureNames, found, file);
  const places = kept.map((column) => numbers.indexOf(column));
  const width = kept.length;
  let features = values;
  if (width < numbers.length || kept !== found) {
    features = new Float32Array(count * width);
    for (let row = 0; row < count; row += 1) {
      for (let column = 0; column < width; column += 1) features[row * width + column] = values[row * numbers.length + places[column]];
    }
  }
  const names = kept.flatMap(({ name }) => name ?? []);
  return { count, inputs: width, features, ...(names.length === width && { featureNames: names }) };
}

function inOrderOf(names: readonly string[] | undefined, columns: readonly CsvColumn[], file: string): readonly CsvColumn[] {
  if (names === undefined || columns.some(({ name }) => name === undefined)) return columns;
  if (columns.every(({ name }, place) => name === names[place])) return columns;
  return names.map((wanted) => {
    const column = columns.find(({ name }) => name === wanted);
    if (column !== undefined) return column;
    throw new DataError(
      `has no column ${shown(wanted)}, which training had; its columns are ${columns.map(({ name = "" }) => shown(name)).join(", ")}`,
      { file },
    );
  });
}

/** Throws a DataError when the file has no columns of features, or not as many as `expected`. */
export function checkInputs(file: string, found: number, expected: number | undefined): void {
  if (found === 0) throw new DataError("has no columns of features besides the label", { file });
  if (expected !== undefined && found !== expected) {
    throw new DataError(`has ${found} columns of features, expected ${expected} as in training`, { file });
  }
}
