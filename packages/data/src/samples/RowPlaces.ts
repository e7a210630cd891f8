// Where rows stand in their file, so that a message about one can say so.
import type { DataErrorPlace } from "../DataError.ts";

/** The places of some consecutive rows. */
export interface RowPlaces {
  /** The source's name. */
  readonly file: string;
  /** The line on which each row's record starts, from 1. */
  readonly lines: Uint32Array;
  /** The number of records before the first of these rows; left out, it is none. */
  readonly recordsBefore?: number;
  /** The number of each row's record, from 1, where some were left out. */
  readonly records?: ArrayLike<number>;
}

/** Where `row`, from 0 among these rows, stands, as a DataError takes it. */
export function placeOfRow(places: RowPlaces, row: number): DataErrorPlace & { readonly record: number } {
  return { file: places.file, line: places.lines[row], record: recordNumber(places, row) };
}

/** The number of a row's record, from 1. */
export function recordNumber({ recordsBefore = 0, records }: Pick<RowPlaces, "recordsBefore" | "records">, row: number): number {
  return records?.[row] ?? recordsBefore + row + 1;
}
