import { displayWidth } from "./displayWidth.ts";

/** Rows of a table as lines: columns named in `right` (from 0) to the right, the others to the left, two spaces between. */
export function alignColumns(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths = rows[0].map((_, column) => rows.reduce((most, row) => Math.max(most, displayWidth(row[column] ?? "")), 0));
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        const room = " ".repeat(widths[column] - displayWidth(cell));
        return right.includes(column) ? `${room}${cell}` : `${cell}${room}`;
      });
      return `${cells.join("  ").trimEnd()}\n`;
    })
    .join("");
}
