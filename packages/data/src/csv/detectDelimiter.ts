// Which of the usual characters separates the fields: one that is in the first record, and as often in those below.
import { QUOTE, isNewline } from "./characters.ts";
import { lookAhead, type LookOptions } from "./lookAhead.ts";
import type { RecordSite } from "./RecordSite.ts";

// In order of preference where a record holds as many of each.
const DELIMITERS = [",", ";", "\t", "|"].map((delimiter) => delimiter.charCodeAt(0));
const COMMA = DELIMITERS[0];

const LOOKED_AT = 20;
// Of the records below the first, so many have as many fields; others may be malformed.
const ALIKE = 0.8;

/**
 * The delimiter of the records from site.recordStart on, or undefined when more bytes are needed. Of several in the first record it is one that
 * divides the records below into as many fields, and no comma that only ever stands within numbers; then the most frequent.
 */
export function detectDelimiter(site: RecordSite, options: Pick<LookOptions, "end" | "comment" | "final">): number | undefined {
  const { bytes, recordStart } = site;
  const counts = countDelimiters(bytes, recordStart, options.end, options.final);
  if (counts === undefined) return undefined;
  const found = DELIMITERS.filter((_, index) => counts[index] > 0).toSorted(
    (a, b) => counts[DELIMITERS.indexOf(b)] - counts[DELIMITERS.indexOf(a)],
  );
  if (found.length < 2) return found[0] ?? COMMA;
  const fitting: number[] = [];
  let within = true;
  for (const delimiter of found) {
    const look = lookAhead(site, { ...options, delimiter, records: LOOKED_AT });
    if (look === undefined) return undefined;
    const [first, ...below] = look.records;
    if (below.length === 0 || below.filter(({ length }) => length === first.length).length < ALIKE * below.length) continue;
    fitting.push(delimiter);
    if (delimiter !== COMMA) within &&= commasWithinNumbers(bytes, below[0][0].start, look.end);
  }
  const others = fitting.filter((delimiter) => delimiter !== COMMA);
  return (others.length > 0 && within ? others[0] : fitting[0]) ?? found[0];
}

// Here a quote opens behind any of the delimiters, since which of them it is will only be known at the record's end.
function countDelimiters(bytes: Uint8Array, start: number, end: number, final: boolean): number[] | undefined {
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
  return at === end && !final ? undefined : counts;
}

function commasWithinNumbers(bytes: Uint8Array, start: number, end: number): boolean {
  const isDigit = (at: number): boolean => at >= start && at < end && bytes[at] >= 48 && bytes[at] <= 57;
  for (let at = bytes.indexOf(COMMA, start); at >= 0 && at < end; at = bytes.indexOf(COMMA, at + 1)) {
    if (!isDigit(at - 1) || !isDigit(at + 1)) return false;
  }
  return true;
}
