// The report for scripts.
import type { BenchResult } from "../Bench.ts";
import type { Machine } from "../machine/describeMachine.ts";

/** The one line of `--json`, with its line feed. */
export function jsonLine(bench: string, machine: Machine, { rows, ratios }: BenchResult): string {
  const values = Object.fromEntries(ratios.map(({ name, value }) => [name, rounded(value)]));
  return `${JSON.stringify({ bench, machine, rows: rows.map((row) => ({ ...row, value: rounded(row.value) })), ratios: values })}\n`;
}

// Five digits are more than any machine repeats.
function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
