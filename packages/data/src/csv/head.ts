// What a file's first two records tell: the delimiter, whether the first is a header, and with that the columns.
// Both must be complete, or the file at its end, before anything is decided.
import { QUOTE, isNewline } from "./characters.ts";
import { DataError } from "../DataError.ts";
import type { ByteWindow } from "./ByteWindow.ts";
import { INCOMPLETE, fieldNumber, nextLine, nextRecord, splitRecord, type Field } from "./fields.ts";
import { malformedRecord, type MalformedRecord } from "./malformedRecord.ts";
import { MAX_RECORD_BYTES } from "./recordErrors.ts";
import { countNewlines, fieldText, recordError, type RecordSite } from "./RecordSite.ts";

// In order of preference where a record holds as many of each.
const DELIMITERS = [",", ";", "\t", "|"].map((delimiter) => delimiter.charCodeAt(0));

// So many records with a fault in their quotes may stand between the first and the one that tells whether that is a header.
const MOST_PASSED = 100;

/** What detection would otherwise find. */
export interface CsvDialect {
  /** The one ASCII character between fields; left out, it is the most frequent of comma, semicolon, tab and bar in the first record. */
  readonly delimiter?: string;
  /** Whether the first record names the columns; left out, it does when none of its fields is a number but one stands over a number. */
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

/** The head of the file that starts at the window's start, or undefined: more bytes are needed, or with `final` the file holds no record. */
export function readHead(file: string, window: ByteWindow, final: boolean, dialect: CsvDialect & Tolerance): CsvHead | undefined {
  const { bytes, end } = window;
  const comment = dialect.comment?.charCodeAt(0) ?? -1;
  const top = skipLines(bytes, { at: window.start + byteOrderMark(window), end, line: 1, comment, final });
  if (!top || top.at === end) return undefined;
  const delimiter = dialect.delimiter?.charCodeAt(0) ?? detectDelimiter(bytes, top.at, end, final);
  if (delimiter === undefined) return undefined;

  const site: RecordSite = { file, bytes, recordStart: top.at, line: top.line, record: 1 };
  const fields = splitRecord(site, end, delimiter, final);
  if (!fields) return undefined;
  const fieldsEnd = fields[fields.length - 1].end;
  refuseHtml(site, fieldsEnd);
  const next = nextRecord(bytes, fieldsEnd, end, final);
  if (next === INCOMPLETE) return undefined;
  const lines = countNewlines(bytes, top.at, fieldsEnd).count + 1;
  const below = skipLines(bytes, { at: next, end, line: top.line + lines, comment, final });
  if (!below) return undefined;
  const belowSite: RecordSite = { ...site, recordStart: below.at, line: below.line, record: dialect.header ? 1 : 2 };
  const sound = soundRecord(belowSite, end, delimiter, final, { ...dialect, commentCode: comment });
  if (!sound) return undefined;
  const belowFields = sound.fields;

  const texts = fields.map((field) => fieldText(site, field.start, field.end));
  const header = dialect.header ?? (holdsAll(texts, dialect.knownNames) || isHeader(bytes, fields, belowFields));
  return {
    delimiter,
    comment,
    names: header ? texts : undefined,
    first: header ? belowFields.map((field) => fieldText(sound.site, field.start, field.end)) : texts,
    columns: fields.length,
    line: top.line,
    dataStart: header ? below.at : top.at,
    dataLine: header ? below.line : top.line,
  };
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

function byteOrderMark({ bytes, start, length }: ByteWindow): number {
  return length >= 3 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf ? 3 : 0;
}

interface Lines {
  readonly at: number;
  readonly end: number;
  /** The number of the line at `at`. */
  readonly line: number;
  readonly comment: number;
  readonly final: boolean;
}

// Past blank lines and comments; undefined where the bytes end within one.
function skipLines(bytes: Uint8Array, { at, end, line, comment, final }: Lines): { at: number; line: number } | undefined {
  while (at < end && (isNewline(bytes[at]) || bytes[at] === comment)) {
    at = nextLine(bytes, at, end, final);
    if (at === INCOMPLETE) return undefined;
    line += 1;
  }
  return { at, line };
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
    if (below === undefined) return undefined;
    site = { ...site, recordStart: below.at, line: below.line };
  }
  return { site: first, fields: [] };
}

// Here a quote opens behind any of the delimiters, since which of them it is will only be known at the record's end.
function detectDelimiter(bytes: Uint8Array, start: number, end: number, final: boolean): number | undefined {
  const counts = DELIMITERS.map(() => 0);
  let quoted = false;
  let mayOpen = true;
  let at = start;
  for (; at < end && (quoted || !isNewline(bytes[at])); at += 1) {
    if (bytes[at] === QUOTE && (quoted || mayOpen)) {
      quoted = !quoted;
      mayOpen = true;
      continue;
    }
    const delimiter = quoted ? -1 : DELIMITERS.indexOf(bytes[at]);
    mayOpen = delimiter >= 0;
    if (mayOpen) counts[delimiter] += 1;
  }
  if (at === end && !final) return undefined;
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}

function holdsAll(texts: readonly string[], names: readonly string[] = []): boolean {
  const held = new Set(texts);
  return names.length > 0 && names.every((name) => held.has(name));
}

function isHeader(bytes: Uint8Array, fields: readonly Field[], below: readonly Field[]): boolean {
  const isNumber = (field: Field): boolean => fieldNumber(bytes, field.start, field.end) !== undefined;
  return !fields.some(isNumber) && fields.some((field, index) => field.start < field.end && index < below.length && isNumber(below[index]));
}
