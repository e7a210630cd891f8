// What can be wrong with a record beyond its grammar, in words.
import { DataError, type DataErrorPlace } from "../DataError.ts";
import { columnLabel, type CsvColumn } from "./CsvColumn.ts";
import type { CsvHead } from "./head.ts";
import { fieldText, recordError, recordPlace, type RecordSite } from "./RecordSite.ts";

const SHOWN_CHARACTERS = 40;

/** The longest record, in bytes with its line's end; a longer one is most likely an open quote or no CSV file at all. */
export const MAX_RECORD_BYTES: number = 16 * 1024 * 1024;

/** That a field of a column of numbers holds none. */
export class NoNumberError extends DataError {
  /** The place of the column among all, from 0. */
  readonly index: number;
  readonly #what: string;

  constructor(what: string, place: DataErrorPlace, index: number) {
    super(what, place);
    this.index = index;
    this.#what = what;
  }

  /** The same error with advice behind it. */
  advised(advice: string): NoNumberError {
    return new NoNumberError(`${this.#what}; ${advice}`, this, this.index);
  }
}

/** The error for the field in [start, end) of a column of numbers. */
export function noNumber(site: RecordSite, column: CsvColumn, start: number, end: number, header: boolean): NoNumberError {
  const text = fieldText(site, start, end);
  const found = text.trim() === "" ? "the field is empty" : `${shown(text)} is not a number`;
  const hint = site.record === 1 && !header ? "; if this line names the columns, set header to true" : "";
  const place = `record ${site.record}, ${columnLabel(column.index, column.name)}`;
  const missing = column.kind === "optional" ? ", or NA where it is missing" : "";
  const what = `${place}: ${found}; expected a number such as 12, -0.5 or 1e-3${missing}${hint}`;
  return new NoNumberError(what, recordPlace(site, start), column.index);
}

/** The error for a record with `found` fields. */
export function wrongCount(site: RecordSite, found: number, { columns, line }: CsvHead): DataError {
  const fields = found === 1 ? "1 field" : `${found} fields`;
  return recordError(
    site,
    site.recordStart,
    `record ${site.record} has ${fields}, expected ${columns} as in line ${line}; correct or remove it`,
  );
}

/** The error for a record that is longer than MAX_RECORD_BYTES or does not end. */
export function recordTooLong({ file, line, record }: Pick<RecordSite, "file"> & Partial<RecordSite>): DataError {
  return new DataError("a record is longer than 16 MiB; is a quote left open, or is this no CSV file?", { file, line, record });
}

/** The text as a message shows it: in quotes, on one line, cut to a readable length. */
export function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text);
}
