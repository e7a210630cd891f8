// What a file's first records tell: the delimiter, whether the first is a header, and with that the columns.
// They must be complete, or the file at its end, before anything is decided.
import { DataError } from "../DataError.ts";
import type { ByteWindow } from "./ByteWindow.ts";
import { INCOMPLETE, nextRecord, splitRecord, type Field } from "./fields.ts";
import { detectDelimiter } from "./detectDelimiter.ts";
import { HEADER_RECORDS, headerAtOnce, isHeader } from "./detectHeader.ts";
import { lookAhead } from "./lookAhead.ts";
import { skipLines } from "./skipLines.ts";
import { malformedRecord, type MalformedRecord } from "./malformedRecord.ts";
import { MAX_RECORD_BYTES } from "./recordErrors.ts";
import { countNewlines, fieldText, recordError, type RecordSite } from "./RecordSite.ts";

// So many records with a fault in their quotes may stand between the first and the one that tells whether that is a header.
const MOST_PASSED = 100;

/** What detection would otherwise find. */
export interface CsvDialect {
  /** The one ASCII character between fields; left out, it is comma, semicolon, tab or bar: what divides the first records alike, or is the most frequent. */
  readonly delimiter?: string;
  /** Whether the first record names the columns; left out, it does when what stands below tells so: a word over numbers, or words over others that recur. */
  readonly header?: boolean;
  /** The one ASCII character that makes a line which begins with it a comment; left out, there are no comments. */
  readonly comment?: string;
  /** Names that the file is likely to have: a first record that holds all of them is a header, though it may look like numbers. */
  readonly knownNames?: readonly string[];
}

/** What the first records say of a file's columns. */
export interface TableHead {
  /** The number of columns. */
  readonly columns: number;
  /** The fields of the header, when there is one. */
  readonly names: readonly string[] | undefined;
  /** The fields of the first record of data; none in a file that has only a header. */
  readonly first: readonly string[];
}

/** What the reader needs besides. */
export interface CsvHead extends TableHead {
  readonly delimiter: number;
  /** What a comment begins with; −1 where there are none. */
  readonly comment: number;
  /** The line of the first record, header or not; every record must have as many fields. */
  readonly line: number;
  /** Where the first record of data starts. */
  readonly dataStart: number;
  readonly dataLine: number;
}

/** Whether records whose quotes are at fault are passed over below the first one; the parser will come upon them by itself. */
export interface Tolerance {
  readonly tolerant?: boolean;
}

/** How far the lines before the first record have been passed over. */
export interface Top {
  /** Whether the first bytes have come, which may be a byte order mark. */
  begun: boolean;
  /** The number of the line at the window's start. */
  line: number;
}

/**
 * The head of the file whose first record is to come, or undefined: more bytes are needed, or with `final` the file holds no record. What
 * comes before that record is taken off the window.
 */
export function readHead(file: string, window: ByteWindow, top: Top, final: boolean, dialect: CsvDialect & Tolerance): CsvHead | undefined {
  const comment = dialect.comment?.charCodeAt(0) ?? -1;
  if (!skipTop(window, top, comment, final)) return undefined;
  const { bytes, start, end } = window;
  const site: RecordSite = { file, bytes, recordStart: start, line: top.line, record: 1 };
  const delimiter = dialect.delimiter?.charCodeAt(0) ?? detectDelimiter(site, { end, comment, final });
  if (delimiter === undefined) return undefined;

  const fields = splitRecord(site, end, delimiter, final);
  if (!fields) return undefined;
  const fieldsEnd = fields[fields.length - 1].end;
  refuseHtml(site, fieldsEnd);
  const next = nextRecord(bytes, fieldsEnd, end, final);
  if (next === INCOMPLETE) return undefined;
  const lines = countNewlines(bytes, start, fieldsEnd).count + 1;
  const below = skipLines(bytes, { at: next, end, line: top.line + lines, comment, final });
  if (!below.complete) return undefined;
  const belowSite: RecordSite = { ...site, recordStart: below.at, line: below.line, record: dialect.header ? 1 : 2 };
  const sound = soundRecord(belowSite, end, delimiter, final, { ...dialect, commentCode: comment });
  if (!sound) return undefined;
  const belowFields = sound.fields;

  const texts = fields.map((field) => fieldText(site, field.start, field.end));
  let header = dialect.header ?? (holdsAll(texts, dialect.knownNames) || headerAtOnce(bytes, fields, belowFields));
  if (header === undefined) {
    const look = lookAhead(sound.site, { end, delimiter, comment, final, records: HEADER_RECORDS });
    if (look === undefined) return undefined;
    header = isHeader(bytes, fields, look.records);
  }
  return {
    delimiter,
    comment,
    names: header ? texts : undefined,
    first: header ? belowFields.map((field) => fieldText(sound.site, field.start, field.end)) : texts,
    columns: fields.length,
    line: top.line,
    dataStart: header ? below.at : start,
    dataLine: header ? below.line : top.line,
  };
}

// Takes a byte order mark, blank lines and comments off the window; whether a record starts there.
function skipTop(window: ByteWindow, top: Top, comment: number, final: boolean): boolean {
  const { bytes, start, end, length } = window;
  if (!top.begun) {
    if (length === 0 || (bytes[start] === 0xef && length < 3 && !final)) return false;
    const isMark = length >= 3 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
    window.start += isMark ? 3 : 0;
    top.begun = true;
  }
  const { at, line, complete } = skipLines(bytes, { at: window.start, end, line: top.line, comment, final });
  window.start = at;
  top.line = line;
  return complete && at < end;
}

// Servers answer with a page where a file is missing or a login is due.
function refuseHtml(site: RecordSite, end: number): void {
  const start = new TextDecoder().decode(site.bytes.subarray(site.recordStart, Math.min(end, site.recordStart + 20)));
  if (/^\s*<(!doctype html|html|head|body)\b/i.test(start)) {
    throw recordError(
      site,
      site.recordStart,
      "this is an HTML page, no CSV file; check the address, or save the file that the page links to",
    );
  }
}

// The first record from `first` on whose quotes are in order, where the others may be passed over; without fields if there is none.
function soundRecord(
  first: RecordSite,
  end: number,
  delimiter: number,
  final: boolean,
  { tolerant = false, header, commentCode: comment }: CsvDialect & Tolerance & { readonly commentCode: number },
): { readonly site: RecordSite; readonly fields: readonly Field[] } | undefined {
  let site = first;
  for (let passed = 0; passed < MOST_PASSED; passed += 1) {
    const { bytes, recordStart: start, line } = site;
    if (start === end && final) break;
    let fault: MalformedRecord | undefined;
    try {
      const fields = splitRecord(site, end, delimiter, final);
      if (fields) return { site, fields };
      // Nothing can be found out behind a record without its end; it needn't where the header is known.
      if (tolerant && header !== undefined && end - start > MAX_RECORD_BYTES) break;
      return undefined;
    } catch (error) {
      if (!tolerant || !(error instanceof DataError)) throw error;
      fault = malformedRecord(site, error, end, delimiter, final);
    }
    if (fault === undefined || (fault.end === end && !final)) return undefined;
    const next = nextRecord(bytes, fault.end, end, final);
    const lines = countNewlines(bytes, start, fault.end).count + 1;
    const below = next === INCOMPLETE ? undefined : skipLines(bytes, { at: next, end, line: line + lines, comment, final });
    if (!below?.complete) return undefined;
    site = { ...site, recordStart: below.at, line: below.line };
  }
  return { site: first, fields: [] };
}

function holdsAll(texts: readonly string[], names: readonly string[] = []): boolean {
  const held = new Set(texts);
  return names.length > 0 && names.every((name) => held.has(name));
}
