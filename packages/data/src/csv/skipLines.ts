// Lines that are no records: blank ones and comments.
import { isNewline } from "./characters.ts";
import { INCOMPLETE, nextLine } from "./fields.ts";

/** Where to begin, and what a comment begins with (−1 where there are none). */
export interface Lines {
  readonly at: number;
  readonly end: number;
  /** The number of the line at `at`. */
  readonly line: number;
  readonly comment: number;
  readonly final: boolean;
}

/** Where the first record from `at` on starts, or as far as whole lines go: `complete` is false where the bytes end within one. */
export function skipLines(bytes: Uint8Array, { at, end, line, comment, final }: Lines): { at: number; line: number; complete: boolean } {
  while (at < end && (isNewline(bytes[at]) || bytes[at] === comment)) {
    const next = nextLine(bytes, at, end, final);
    if (next === INCOMPLETE) return { at, line, complete: false };
    at = next;
    line += 1;
  }
  return { at, line, complete: true };
}
