/** More classes than this make no table that a terminal can show. */
const MOST_CLASSES = 20;

/** The confusion matrix as an aligned table: a row a true class, a column a predicted one, zeros as dots; empty for too many classes. */
export function confusionTable(matrix: readonly (readonly number[])[], classes: readonly string[]): string {
  if (matrix.length > MOST_CLASSES) return "";
  const names = matrix.map((_, index) => classes[index] ?? String(index));
  const cells = [
    ["true \\ predicted", ...names],
    ...matrix.map((row, index) => [names[index], ...row.map((count) => (count === 0 ? "·" : String(count)))]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map((row) => `${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  ")}\n`)
    .join("");
}
