// The entry of `pnpm test:engines`: every combination one after another, then the report. Exits 1 if one differs or fails.
import { combinationsOf, nameOf } from "./combinations.ts";
import { findEngine } from "./findEngine.ts";
import { agreements, type Run, standing } from "./judge.ts";
import { formatReport } from "./report.ts";
import { runCombination } from "./runCombination.ts";
import { trainingFiles } from "./trainingFiles.ts";
import { VERSIONS } from "./versions.ts";

const files = trainingFiles();
const engines = [];
for (const version of VERSIONS) {
  note(`looking for Node ${version}`);
  engines.push(await findEngine(version));
}
const combinations = combinationsOf(engines);
const runs: Run[] = [];
for (const combination of combinations) {
  note(`${runs.length + 1} of ${combinations.length}: ${nameOf(combination)}`);
  runs.push({ combination, outcome: await runCombination(combination, files) });
}
note("");
const { NO_COLOR, TERM } = process.env;
process.stdout.write(formatReport(runs, files.name, process.stdout.isTTY && !NO_COLOR && TERM !== "dumb"));
const agreed = agreements(runs);
process.exitCode = runs.some((run) => ["odd", "failed"].includes(standing(run, agreed))) ? 1 : 0;

// A line that changes, for a person at a terminal only.
function note(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
