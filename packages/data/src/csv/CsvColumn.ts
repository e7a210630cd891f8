// What a column of a table is read as.

/**
 * A column of numbers, of numbers that may be missing (NaN stands for them), of names (each distinct text gets a code), or one that is only
 * checked for its grammar.
 */
export type ColumnKind = "number" | "optional" | "category" | "skip";

/** Whether such columns are read into `values`. */
export function isNumeric(kind: ColumnKind): boolean {
  return kind === "number" || kind === "optional";
}

/** One column of a table. */
export interface CsvColumn {
  /** Its place among all columns, from 0. */
  readonly index: number;
  readonly name: string | undefined;
  readonly kind: ColumnKind;
  /** The distinct texts of a category in order of appearance: the text of code c is categories[c]. Grows while reading. */
  readonly categories: readonly string[];
}

/** A column as messages call it: `column 3`, or with a name `column 3 ("age")`. */
export function columnLabel(index: number, name: string | undefined): string {
  return name === undefined ? `column ${index}` : `column ${index} (${JSON.stringify(name)})`;
}
