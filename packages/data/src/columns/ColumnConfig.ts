// What a user may say of a table's columns, and what comes of it: the layout that all tables of a run share.

/** What is done where a field is missing; without a word it is an error. */
export type MissingPolicy = "error" | "mean" | "median" | "dropRow" | { readonly constant: number | string };

/** What is done with a category that training had not: all its columns are 0, or it is an error. */
export type UnknownPolicy = "ignore" | "error";

/** The two types of columns that a model can be given. */
export type ColumnType = "number" | "category";

/** One column: its type, "drop", or the details; a type that is left out is inferred. */
export type ColumnConfig =
  | ColumnType
  | "drop"
  | { readonly type?: ColumnType; readonly missing?: MissingPolicy; readonly unknown?: UnknownPolicy };

/**
 * Columns by name, or by index from 0 where the table has no header; those that are left out have their type inferred. Of the label's column
 * only `missing` can be said: "dropRow" or "error".
 */
export type ColumnsConfig = Readonly<Record<string, ColumnConfig>>;

/** A column that becomes features. */
export interface TableColumn {
  /** Its place among all columns of the training table, from 0. */
  readonly index: number;
  readonly name?: string;
  readonly type: ColumnType;
  readonly missing: MissingPolicy;
  readonly unknown: UnknownPolicy;
}

/** How the training table was laid out. */
export interface TableLayout {
  /** All its columns, the label and what is dropped included. */
  readonly width: number;
  readonly columns: readonly TableColumn[];
  /** What is done with a record whose label is missing; without a word it is an error. */
  readonly missingLabel?: "dropRow";
}
