// The report for people: the machine, a table with a line a contestant and a column a unit, the ratios, the notes.
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
    formatRatios(ratios, paint),
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
  const units = [...new Set(rows.map(({ unit }) => unit))];
  const contestants = [...new Set(rows.map(({ who }) => who))];
  const cells = contestants.map((who) => {
    const own = rows.filter((row) => row.who === who);
    return [who, own[0].version, ...units.map((unit) => own.find((row) => row.unit === unit)?.value.toFixed(2) ?? "")];
  });
  const [head, ...lines] = align([["who", "version", ...units], ...cells], 2);
  return [paint("dim", head), ...lines];
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
