// A look at the records that come, before anything is decided. How far it goes depends on the bytes alone, not on how many of
// them have come: it ends with so many records, or at so many bytes, or at the file's end.
import { DataError } from "../DataError.ts";
import { INCOMPLETE, nextRecord, splitRecord, type Field } from "./fields.ts";
import type { RecordSite } from "./RecordSite.ts";
import { skipLines } from "./skipLines.ts";

const LOOK_BYTES = 64 * 1024;

/** Where to look, and as what. */
export interface LookOptions {
  readonly end: number;
  readonly delimiter: number;
  readonly comment: number;
  readonly final: boolean;
  /** The most records to look at. */
  readonly records: number;
}

/** The records from site.recordStart on, up to the first whose quotes are at fault; undefined when more bytes are needed. */
export function lookAhead(site: RecordSite, { records: most, ...options }: LookOptions): { records: Field[][]; end: number } | undefined {
  const { bytes, recordStart } = site;
  const limit = recordStart + LOOK_BYTES;
  const whole = options.end < limit;
  const end = whole ? options.end : limit;
  const final = whole && options.final;
  const reading = { end, comment: options.comment, final };
  const records: Field[][] = [];
  let at = recordStart;
  while (records.length < most) {
    const start = skipLines(bytes, { ...reading, at, line: 1 });
    if (start.complete && start.at === end && final) break;
    let fields: Field[] | undefined;
    try {
      if (start.complete) fields = splitRecord({ ...site, recordStart: start.at }, end, options.delimiter, final);
    } catch (error) {
      if (error instanceof DataError) break;
      throw error;
    }
    const next = fields === undefined ? INCOMPLETE : nextRecord(bytes, fields[fields.length - 1].end, end, final);
    if (fields === undefined || next === INCOMPLETE) {
      if (whole && !final) return undefined;
      break;
    }
    records.push(fields);
    at = next;
  }
  return { records, end: at };
}
