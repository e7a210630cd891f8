// How far a malformed record reaches that is left out. Where a quote is at fault nothing tells where the record was meant to end;
// most likely the quote is only a character of its line, so the line behind it is taken for the next record.
import { DataError } from "../DataError.ts";
import { INCOMPLETE, fieldEnd, lineEnd, nextRecord } from "./fields.ts";
import type { MalformedPolicy } from "./readCsv.ts";
import { MAX_RECORD_BYTES, recordTooLong } from "./recordErrors.ts";
import type { RecordSite } from "./RecordSite.ts";

/** What is left out: from the record's start to `end`, a newline or the end of the bytes. */
export interface MalformedRecord {
  readonly error: DataError;
  readonly end: number;
  /** Whether the record ends there by the grammar. */
  readonly endKnown: boolean;
}

/** How many records a policy leaves out at most. */
export function mostLeftOut(policy: MalformedPolicy = "fail"): number {
  if (policy === "fail") return 0;
  return policy === "skip" ? Number.POSITIVE_INFINITY : policy.limit;
}

/**
 * The extent of the record at site.recordStart in which `found` was found. A fault of its grammar or length comes before any other, and
 * then it ends with the line on which the faulty field starts. Undefined when more bytes are needed.
 */
export function malformedRecord(
  site: RecordSite,
  found: DataError,
  end: number,
  delimiter: number,
  final: boolean,
): MalformedRecord | undefined {
  const { bytes, recordStart } = site;
  const full = end - recordStart > MAX_RECORD_BYTES;
  for (let start = recordStart; ;) {
    let behind: number;
    try {
      behind = fieldEnd(site, start, end, delimiter, final);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      return { error, end: lineEnd(bytes, start, end), endKnown: false };
    }
    const within = behind !== INCOMPLETE && behind < end && bytes[behind] === delimiter;
    if (!within) {
      const next = behind === INCOMPLETE ? INCOMPLETE : nextRecord(bytes, behind, end, final);
      if (next === INCOMPLETE && !full) return undefined;
      if (next !== INCOMPLETE && next - recordStart <= MAX_RECORD_BYTES) return { error: found, end: behind, endKnown: true };
      return { error: recordTooLong(site), end: lineEnd(bytes, start, end), endKnown: false };
    }
    start = behind + 1;
  }
}
