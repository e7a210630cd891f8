// The package's one error: what was wrong, where, and what to do, already written as one message.

/** Where a fault was found; lines and columns of text count from 1, so do records (a header is not one). */
export interface DataErrorPlace {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly record?: number;
  readonly cause?: unknown;
}

/** Bad or missing data; the message reads `file:line:column  what, and what to do`, or `file: what …` where no line is at fault. */
export class DataError extends Error {
  readonly file: string | undefined;
  /** The line, from 1, also counting the lines within quotes. */
  readonly line: number | undefined;
  /** The place in the line, from 1, counted in UTF-16 code units as editors do. */
  readonly column: number | undefined;
  /** The record, from 1, not counting the header. */
  readonly record: number | undefined;

  constructor(what: string, place: DataErrorPlace = {}) {
    super(located(what, place), place.cause === undefined ? undefined : { cause: place.cause });
    this.name = "DataError";
    this.file = place.file;
    this.line = place.line;
    this.column = place.column;
    this.record = place.record;
  }
}

function located(what: string, { file, line, column }: DataErrorPlace): string {
  if (file === undefined) return what;
  if (line === undefined) return `${file}: ${what}`;
  return `${file}:${line}${column === undefined ? "" : `:${column}`}  ${what}`;
}
