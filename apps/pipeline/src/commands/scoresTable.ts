import type { Scores } from "@downhill/metrics";
import type { ClassEvaluation } from "../model/evaluateSamples.ts";
import { alignColumns } from "./alignColumns.ts";
import { tableName } from "./displayWidth.ts";

/** Of more classes than this, only the means are shown. */
const MOST_CLASSES = 100;

/** Precision, recall and F1 as an aligned table in percent: a row a class, then the means. */
export function scoresTable({ byClass, macro, weighted }: Pick<ClassEvaluation, "byClass" | "macro" | "weighted">): string {
  const shown = byClass.length > MOST_CLASSES ? [] : byClass;
  const samples = byClass.reduce((sum, { support }) => sum + support, 0);
  return alignColumns(
    [
      ["class", "precision", "recall", "F1", "samples"],
      ...shown.map((scores) => [tableName(scores.class), ...percents(scores), String(scores.support)]),
      ["mean of classes", ...percents(macro), ""],
      ["weighted by samples", ...percents(weighted), String(samples)],
    ],
    [1, 2, 3, 4],
  );
}

function percents({ precision, recall, f1 }: Scores): string[] {
  return [precision, recall, f1].map((score) => `${(100 * score).toFixed(2)}%`);
}
