// The form in which a trainer takes its data: whole, in memory, row-major f32.
import type { TableLayout } from "../columns/ColumnConfig.ts";
import type { LeftOut } from "./leftOut.ts";

/** The rows of a feature table. */
export interface Features {
  /** The number of rows. */
  readonly count: number;
  /** The number of columns. */
  readonly inputs: number;
  /** [count × inputs], row-major. */
  readonly features: Float32Array;
  /** The columns' names, when the file has a header. */
  readonly featureNames?: readonly string[];
  /** The size in pixels when each row is an image, row by row from the top. */
  readonly image?: { readonly width: number; readonly height: number };
  /** Of a table whose columns are configured and not yet encoded: what the features stand for. */
  readonly table?: RawTable;
}

/**
 * What the features of a configured table stand for until they are encoded: one feature a column of the layout, NaN where it is missing,
 * and for a category the index of its text.
 */
export interface RawTable {
  /** The training table's. */
  readonly layout: TableLayout;
  /** The texts of each column of categories, blanks around them left out; undefined for numbers. */
  readonly texts: readonly (readonly string[] | undefined)[];
  /** Rows that were left out because a value is missing. */
  readonly dropped: number;
}

/** Rows with what is to be predicted from them. */
export interface Samples extends Features {
  readonly targets: ClassTargets | ValueTargets;
  /** The label's column, when features and label came from one table. */
  readonly label?: LabelColumn;
  /** Malformed records that were left out, by file. */
  readonly leftOut?: readonly LeftOut[];
}

/** For classification: one class a row. */
export interface ClassTargets {
  readonly kind: "classes";
  /** [count]: the class of row i is classes[indices[i]]. */
  readonly indices: Int32Array;
  readonly classes: readonly string[];
}

/** For regression: one or more numbers a row. */
export interface ValueTargets {
  readonly kind: "values";
  /** [count × outputs], row-major. */
  readonly values: Float32Array;
  readonly outputs: number;
}

/** Where a table holds its label: the column's index from 0 among all columns, and its name when there is a header. */
export interface LabelColumn {
  readonly index: number;
  readonly name?: string;
}
