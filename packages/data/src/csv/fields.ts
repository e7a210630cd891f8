// The grammar of RFC 4180, one field at a time. A field that starts with a quote ends at the quote that no second one
// follows; any other field ends at the delimiter or the line's end, and quotes within it are plain characters.
import { CARRIAGE_RETURN, LINE_FEED, QUOTE, isNewline } from "./characters.ts";
import { parseNumber } from "./parseNumber.ts";
import { recordError, type RecordSite } from "./RecordSite.ts";

/** A field's bytes, [start, end), its quotes included. */
export interface Field {
  readonly start: number;
  readonly end: number;
}

/** The result where the bytes end too early to tell. */
export const INCOMPLETE = -1;

/**
 * The offset just behind the field that starts at `start`: at a delimiter, a newline or `end`. INCOMPLETE when more bytes are needed;
 * with `final` no more will come. Throws a DataError for a quote that is not closed, or is followed by text.
 */
export function fieldEnd(site: RecordSite, start: number, end: number, delimiter: number, final: boolean): number {
  const { bytes } = site;
  if (start < end && bytes[start] === QUOTE) return quotedFieldEnd(site, start, end, delimiter, final);
  let at = start;
  while (at < end && bytes[at] !== delimiter && !isNewline(bytes[at])) at += 1;
  return at < end || final ? at : INCOMPLETE;
}

function quotedFieldEnd(site: RecordSite, start: number, end: number, delimiter: number, final: boolean): number {
  const { bytes } = site;
  for (let at = start + 1; ; at += 2) {
    at = bytes.indexOf(QUOTE, at);
    if (at < 0 || at >= end) {
      if (final) throw recordError(site, start, "the quote that opens here is never closed; close it, or write it twice inside quotes");
      return INCOMPLETE;
    }
    if (at + 1 === end) return final ? end : INCOMPLETE;
    const next = bytes[at + 1];
    if (next === delimiter || isNewline(next)) return at + 1;
    if (next !== QUOTE) {
      throw recordError(site, at + 1, "text follows a closing quote; write a quote inside quotes twice, and nothing behind the last");
    }
  }
}

/** The offset of the record behind the one whose last field ends at `at`: past LF, CR or CR LF. INCOMPLETE when a CR is the last byte so far. */
export function nextRecord(bytes: Uint8Array, at: number, end: number, final: boolean): number {
  if (at >= end) return end;
  if (bytes[at] === LINE_FEED) return at + 1;
  if (at + 1 === end && !final) return INCOMPLETE;
  return at + 1 < end && bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
}

/** The offset of the first newline in [at, end), or `end`. */
export function lineEnd(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && !isNewline(bytes[at])) at += 1;
  return at;
}

/** The offset behind the line at `at`, INCOMPLETE when its end, or a CR as its last byte, may still come. */
export function nextLine(bytes: Uint8Array, at: number, end: number, final: boolean): number {
  const stop = lineEnd(bytes, at, end);
  return stop === end && !final ? INCOMPLETE : nextRecord(bytes, stop, end, final);
}

/** The fields of the record at site.recordStart, or undefined when more bytes are needed. */
export function splitRecord(site: RecordSite, end: number, delimiter: number, final: boolean): Field[] | undefined {
  const fields: Field[] = [];
  for (let start = site.recordStart; ;) {
    const behind = fieldEnd(site, start, end, delimiter, final);
    if (behind === INCOMPLETE) return undefined;
    fields.push({ start, end: behind });
    if (behind >= end || site.bytes[behind] !== delimiter) return fields;
    start = behind + 1;
  }
}

/** The number that the field in [start, end) writes, in quotes or not; undefined when it writes none. */
export function fieldNumber(bytes: Uint8Array, start: number, end: number): number | undefined {
  return start < end && bytes[start] === QUOTE ? parseNumber(bytes, start + 1, end - 1) : parseNumber(bytes, start, end);
}
