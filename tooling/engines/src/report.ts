// The report for people: a line an engine and execution, a column a number of threads; the weights that all share; and
// whoever stands apart, by name.
import { styleText } from "node:util";
import { EXECUTIONS, nameOf, THREADS } from "./combinations.ts";
import { type Agreement, agreements, oddExperiments, type Run, type Standing, standing } from "./judge.ts";

type Style = "bold" | "dim" | "green" | "red" | "yellow";

const MARKS: Readonly<Record<Standing, string>> = { same: "✓", odd: "≠", failed: "✗", skipped: "–" };
const STYLES: Readonly<Record<Standing, Style>> = { same: "green", odd: "red", failed: "red", skipped: "yellow" };
const NAME_WIDTH = 24;
const CELL_WIDTH = 5;

/** The whole report, ending with a line feed; `colour` as the terminal takes it. */
export function formatReport(runs: readonly Run[], data: string, colour: boolean): string {
  const paint = (style: Style, text: string): string => (colour ? styleText(style, text, { validateStream: false }) : text);
  const agreed = agreements(runs);
  const standings = runs.map((run) => standing(run, agreed));
  const engines = [...new Set(runs.map(({ combination }) => combination.engine))];
  const count = (wanted: Standing): number => standings.filter((state) => state === wanted).length;

  const lines = ["", `${paint("bold", "engines")}  One sha256 of the final weights, whatever computes them; trained on ${data}`, ""];
  lines.push(paint("dim", `${"threads".padEnd(NAME_WIDTH)}${THREADS.map((threads) => `${threads}`.padStart(CELL_WIDTH)).join("")}`));
  for (const engine of engines) {
    for (const execution of EXECUTIONS) {
      const row = runs.filter(({ combination }) => combination.engine === engine && combination.execution === execution);
      const cells = row.map((run) => standings[runs.indexOf(run)]);
      const marks = cells.map((state) => paint(STYLES[state], MARKS[state].padStart(CELL_WIDTH))).join("");
      const reasons = new Set(row.flatMap(({ outcome }) => (outcome.state === "skipped" ? [outcome.reason] : [])));
      lines.push(
        `${`Node ${engine.version}  ${execution}`.padEnd(NAME_WIDTH)}${marks}   ${paint("dim", [...reasons].join("; "))}`.trimEnd(),
      );
    }
  }
  lines.push("", paint("dim", `${"experiment".padEnd(NAME_WIDTH)}${"cost".padEnd(10)}weights`));
  for (const { name, cost, sha256 } of agreed) lines.push(`${name.padEnd(NAME_WIDTH)}${cost.toFixed(5).padEnd(10)}${sha256}`);

  const apart = runs.flatMap((run) => describeApart(run, agreed));
  if (apart.length > 0) lines.push("", ...apart.map((line) => paint("red", line)));
  const summary = [`${count("same")} agree`, `${count("odd")} differ`, `${count("failed")} failed`, `${count("skipped")} skipped`];
  lines.push("", paint(apart.length === 0 ? "green" : "red", `${runs.length} combinations: ${summary.join(", ")}`), "");
  return lines.join("\n");
}

// A line for each experiment that is not as the others', none for a run that is.
function describeApart({ combination, outcome }: Run, agreed: readonly Agreement[]): string[] {
  if (outcome.state !== "trained") return outcome.state === "failed" ? [`✗ ${nameOf(combination)}: ${outcome.reason}`] : [];
  return oddExperiments(outcome.experiments, agreed).map((name) => {
    const { sha256, cost } = outcome.experiments.find((result) => result.name === name)!;
    return `≠ ${nameOf(combination)}: ${name} gives ${sha256}, cost ${cost}`;
  });
}
