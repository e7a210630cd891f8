import { alignColumns } from "./alignColumns.ts";
import { tableName } from "./displayWidth.ts";

/** More classes than this make no table that a terminal can show. */
const MOST_CLASSES = 20;

/** The confusion matrix as an aligned table: a row a true class, a column a predicted one, zeros as dots; empty for too many classes. */
export function confusionTable(matrix: readonly (readonly number[])[], classes: readonly string[]): string {
  if (matrix.length > MOST_CLASSES) return "";
  const names = classes.map(tableName);
  const rows = matrix.map((row, index) => [names[index], ...row.map((count) => (count === 0 ? "·" : String(count)))]);
  const counts = names.map((_, index) => index + 1);
  return alignColumns([["true \\ predicted", ...names], ...rows], counts);
}
