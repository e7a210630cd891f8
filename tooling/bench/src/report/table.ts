// The report for people: the machine, a table with a line a contestant and a column a unit and case, the ratios, the notes.
import type { BenchResult, Row } from "../Bench.ts";
import type { Machine } from "../machine/describeMachine.ts";
import type { Paint } from "./paint.ts";
import type { Ratio } from "./ratio.ts";

/** What a report is made of. */
export interface ReportParts {
  readonly bench: string;
  readonly question: string;
  readonly machine: Machine;
  readonly result: BenchResult;
}

/** The whole report, ending with a line feed. */
export function formatReport({ bench, question, machine, result }: ReportParts, paint: Paint): string {
  const { rows, ratios, notes } = result;
  const blocks = [
    [`${paint("bold", bench)}  ${question}`, paint("dim", describe(machine))],
    formatRows(rows, paint),
    formatCases(
      ratios.filter(({ name }) => name.includes("@")),
      paint,
    ),
    formatRatios(
      ratios.filter(({ name }) => !name.includes("@")),
      paint,
    ),
    [...busy(machine), ...notes].map((note) => paint("dim", note)),
  ];
  const filled = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `\n${filled.join("\n\n")}\n`;
}

function describe({ cpu, cores, platform, node, loadAverage }: Machine): string {
  return `${cpu}, ${cores} cores, ${platform}, Node ${node}, load average ${loadAverage.toFixed(2)} at the start`;
}

// A product on all cores waits for its slowest thread: other work hurts it far more than a program with one thread.
function busy({ loadAverage, cores }: Machine): string[] {
  return loadAverage > cores / 2
    ? ["The machine had other work, which slows programs with many threads most: measure again when it is quiet."]
    : [];
}

function formatRows(rows: readonly Row[], paint: Paint): string[] {
  const columns = [...new Set(rows.map(columnOf))];
  // A rival may have been started otherwise for another case: that is another line.
  const lineOf = ({ who, version }: Row): string => `${contestantOf(who)}\n${version}`;
  const cells = [...new Set(rows.map(lineOf))].map((line) => {
    const own = rows.filter((row) => lineOf(row) === line);
    const values = columns.map((column) => own.find((row) => columnOf(row) === column)?.value);
    return [...line.split("\n"), ...values.map((value) => (value === undefined ? "" : formatValue(value)))];
  });
  const units = ["who", "version", ...columns.map((column) => column.split(" ", 1)[0])];
  const cases = ["", "", ...columns.map((column) => column.slice(column.indexOf(" ") + 1))];
  const heads = cases.some((name) => name !== "") ? [units, cases] : [units];
  const lines = align([...heads, ...cells], 2);
  return lines.map((line, index) => (index < heads.length ? paint("dim", line) : line));
}

// Three digits or more, whatever the unit.
function formatValue(value: number): string {
  if (value < 1) return value.toFixed(4);
  return value.toFixed(value < 1000 ? 2 : 0);
}

// A ratio a line and a case a column: without their ranges, which would fill a page.
function formatCases(ratios: readonly Ratio[], paint: Paint): string[] {
  if (ratios.length === 0) return [];
  const cases = [...new Set(ratios.map(({ name }) => caseOf(name)))];
  const names = [...new Set(ratios.map(({ name }) => contestantOf(name)))];
  const cells = names.map((name) => [
    name,
    ...cases.map((one) => ratios.find((ratio) => ratio.name === `${name}@${one}`)?.value.toFixed(2) ?? ""),
  ]);
  const [head, ...lines] = align([["ratio", ...cases], ...cells], 1);
  return [paint("dim", head), ...lines];
}

function contestantOf(name: string): string {
  return name.split("@", 1)[0];
}

function caseOf(name: string): string {
  return name.slice(contestantOf(name).length + 1);
}

// Unit and case.
function columnOf({ who, unit }: Row): string {
  return `${unit} ${caseOf(who)}`;
}

function formatRatios(ratios: readonly Ratio[], paint: Paint): string[] {
  const cells = ratios.map(({ name, value, lowest, highest }) => [
    name,
    value.toFixed(2),
    `(${lowest.toFixed(2)} to ${highest.toFixed(2)} over the rounds)`,
  ]);
  return align(cells, 1).map((line, index) => (ratios[index].value > 1 ? paint("green", line) : line));
}

// The first `left` columns stand to the left, the others to the right.
function align(lines: readonly (readonly string[])[], left: number): string[] {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((cells) => cells[column].length))) ?? [];
  return lines.map((cells) =>
    cells
      .map((cell, column) => (column < left ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join("  ")
      .trimEnd(),
  );
}
