// The texts that stand for a missing value, in every column of a table whose columns are configured.

/** They count with blanks around them too; the README has the same table. */
export const MISSING_MARKERS: readonly string[] = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "?"];

const MARKERS: ReadonlySet<string> = new Set(MISSING_MARKERS);

/** Whether a field's text stands for a missing value. */
export function isMissing(text: string): boolean {
  return MARKERS.has(text.trim());
}
