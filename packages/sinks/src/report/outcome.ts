// How the run went, at the head of the report: its end in words, and its results as a table.
import type { EpochCompleted, FinalResult, RunCompleted } from "../contract/TrainingEvent.ts";
import { formatCost, formatCount, formatDuration, formatPercent, formatRate } from "../text/quantity.ts";
import { escaped, pairs, section, table } from "./html.ts";
import type { RunRecord } from "./RunRecord.ts";

const ENDS: Readonly<Record<RunCompleted["reason"], string>> = {
  finished: "Finished",
  stoppedEarly: "Stopped early, as the cost would not fall any more,",
  aborted: "Aborted",
  diverged: "Diverged",
  failed: "Failed",
};

/** The title, and which run it is. */
export function heading({ started, run, startedAt }: RunRecord): string {
  return [
    `<h1>${escaped(started?.name ?? "Training run")}</h1>`,
    ...(run === "" ? [] : [`<p class="muted">Run ${escaped(run)}, started ${escaped(startedAt)}</p>`]),
  ].join("\n");
}

/** How the run ended, or how far it is. */
export function ending({ started, completed, latest }: RunRecord): string {
  const epochs = completed?.epochs ?? latest?.epoch ?? 0;
  const bad = completed?.reason === "diverged" || completed?.reason === "failed";
  const end = `${completed ? ENDS[completed.reason] : "Under way"} after ${formatCount(epochs)} of ${formatCount(started?.epochs ?? epochs)} epochs`;
  return [
    `<p${bad ? ' class="bad"' : ""}>${escaped(end)}</p>`,
    ...(completed?.message === undefined ? [] : [`<p class="bad">${escaped(completed.message)}</p>`]),
  ].join("\n");
}

/** The results with the final weights, and the pace of training. */
export function resultsSection({ completed, latest }: RunRecord): string {
  const sets = (["train", "validation", "test"] as const).flatMap((name) => {
    const result = completed?.[name];
    return result ? [{ name, result }] : [];
  });
  const score = sets.some(({ result }) => result.accuracy !== undefined) ? "Accuracy" : "RMSE";
  const rows = sets.map(({ name, result }) => [name, formatCost(result.cost), scoreOf(result)]);
  return section("Results", [
    rows.length > 0 ? table("With the final weights", ["Set", "Cost", score], rows) : "",
    pairs({ ...paceOf(completed, latest), ...(completed?.weightsSha256 && { "SHA-256 of the weights": completed.weightsSha256 }) }),
  ]);
}

function scoreOf({ accuracy, rmse }: FinalResult): string {
  if (accuracy !== undefined) return formatPercent(accuracy, 2);
  return rmse === undefined ? "" : formatCost(rmse);
}

function paceOf(completed: RunCompleted | undefined, latest: EpochCompleted | undefined): Record<string, string> {
  return {
    ...(completed && Number.isFinite(completed.durationMs) && { "Time in training": formatDuration(completed.durationMs / 1000) }),
    ...(latest && {
      "Samples a second, last epoch": formatRate(latest.samplesPerSecond),
      "Learning rate, last epoch": String(Number(latest.learningRate.toPrecision(4))),
    }),
  };
}
