import type { Preprocessing } from "@downhill/data";

/** What values that are predicted are called: as the label was, or by number. */
export function valueNames({ label }: Preprocessing, outputs: number): string[] {
  return Array.from({ length: outputs }, (_, index) => (outputs === 1 ? label?.name : undefined) ?? `value_${index}`);
}
