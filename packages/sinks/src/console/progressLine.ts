// The live line: the fields that fit the terminal, the most telling ones first, and a bar in what room is left.
import { plainText } from "../text/plainText.ts";
import type { Paint } from "./Paint.ts";

const GAP = "  ";
const SHORTEST_BAR = 6;
const LONGEST_BAR = 30;

/** Something the live line can show; `rank` says which fields give way first (the greatest). */
export interface ProgressField {
  readonly text: string;
  readonly rank: number;
}

/** Composes a line of fewer than `columns` characters (`fraction` 0..1 fills the bar); colours take no room. */
export function progressLine(fraction: number, fields: readonly ProgressField[], columns: number, paint: Paint): string {
  // The last column stays free: some terminals wrap as soon as it is written.
  let room = columns - 1;
  const kept = new Set<ProgressField>();
  for (const field of fields.toSorted((one, other) => one.rank - other.rank)) {
    const needed = widthOf(field.text) + (kept.size > 0 ? GAP.length : 0);
    if (needed > room) continue;
    kept.add(field);
    room -= needed;
  }
  const shown = fields.filter((field) => kept.has(field)).map((field) => field.text);
  const barWidth = Math.min(LONGEST_BAR, room - GAP.length);
  if (barWidth >= SHORTEST_BAR) shown.unshift(bar(fraction, barWidth, paint));
  return shown.join(GAP);
}

function bar(fraction: number, width: number, paint: Paint): string {
  const done = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return paint.cyan("━".repeat(done)) + paint.dim("─".repeat(width - done));
}

// The fields hold our own labels and numbers: one column a character.
function widthOf(text: string): number {
  return plainText(text).length;
}
