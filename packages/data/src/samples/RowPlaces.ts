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
}

/** Where `row`, from 0 among these rows, stands, as a DataError takes it. */
export function placeOfRow({ file, lines, recordsBefore = 0 }: RowPlaces, row: number): DataErrorPlace & { readonly record: number } {
  return { file, line: lines[row], record: recordsBefore + row + 1 };
}
