/** Rows of a table as lines: columns named in `right` (from 0) to the right, the others to the left, two spaces between. */
export function alignColumns(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => (right.includes(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])));
      return `${cells.join("  ").trimEnd()}\n`;
    })
    .join("");
}
