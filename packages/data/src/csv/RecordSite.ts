// Where the reader stands, and the errors it raises there. Line and column are worked out only when something is wrong.
import { DataError, type DataErrorPlace } from "../DataError.ts";
import { CARRIAGE_RETURN, LINE_FEED, QUOTE } from "./characters.ts";

// A byte order mark is text here: the file's own is left out before.
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The record under way: its number, its first line and where its bytes start. A record starts a line. */
export interface RecordSite {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly recordStart: number;
  readonly line: number;
  readonly record: number;
}

/** The error for the byte at `offset` within the record. */
export function recordError(site: RecordSite, offset: number, what: string): DataError {
  return new DataError(what, recordPlace(site, offset));
}

/** The place of the byte at `offset` within the record. */
export function recordPlace(site: RecordSite, offset: number): DataErrorPlace {
  const newlines = countNewlines(site.bytes, site.recordStart, offset);
  const column = new TextDecoder().decode(site.bytes.subarray(newlines.lineStart, offset)).length + 1;
  return { file: site.file, line: site.line + newlines.count, column, record: site.record };
}

/** The line ends (LF, CR or CR LF) in [start, end), and where the last of these lines starts. */
export function countNewlines(bytes: Uint8Array, start: number, end: number): { count: number; lineStart: number } {
  let count = 0;
  let lineStart = start;
  for (let at = start; at < end; at += 1) {
    if (bytes[at] !== LINE_FEED && bytes[at] !== CARRIAGE_RETURN) continue;
    if (bytes[at] === CARRIAGE_RETURN && at + 1 < end && bytes[at + 1] === LINE_FEED) at += 1;
    count += 1;
    lineStart = at + 1;
  }
  return { count, lineStart };
}

/** The text of the field in [start, end), its quotes removed; throws a DataError when the bytes are not UTF-8. */
export function fieldText(site: RecordSite, start: number, end: number): string {
  try {
    if (start === end || site.bytes[start] !== QUOTE) return DECODER.decode(site.bytes.subarray(start, end));
    return DECODER.decode(site.bytes.subarray(start + 1, end - 1)).replaceAll('""', '"');
  } catch (cause) {
    if (cause instanceof TypeError) throw recordError(site, start, "the text is not UTF-8; save the file as UTF-8");
    throw cause;
  }
}
