// The data check for a person: a line a set of what was found in it, then how many rows of each class it has.
import { plainText } from "@downhill/sinks";
import { alignColumns } from "../commands/alignColumns.ts";
import { count, number } from "./numberText.ts";
import type { Plan, PlannedCheck } from "./Plan.ts";

/** More classes than this are not worth reading one by one. */
const MOST_CLASSES = 20;

/** The check as a block of lines, or two. */
export function describeDataCheck({ dataCheck, sets }: Plan): string {
  const leftOut = dataCheck.some((check) => rowsLeftOut(check) > 0);
  const columns: readonly (readonly [head: string, cell: (check: PlannedCheck) => string])[] = [
    ["data check", ({ name }) => name],
    ["range", ({ minimum, maximum }) => (minimum === undefined || maximum === undefined ? "" : `${number(minimum)} to ${number(maximum)}`)],
    ["missing", ({ missing, notFinite }) => count(missing + notFinite)],
    ["constant", ({ constant }) => count(constant.length)],
    ["repeated rows", ({ repeated }) => (repeated === undefined ? "not looked for" : count(repeated))],
    [
      "also in train",
      ({ inTraining, name }) => (inTraining === undefined ? (name === "train" ? "" : "not looked for") : count(inTraining)),
    ],
    ...(leftOut ? [["left out", (check: PlannedCheck) => count(rowsLeftOut(check))] as const] : []),
  ];
  const rows = [columns.map(([head]) => head), ...dataCheck.map((check) => columns.map(([, cell]) => cell(check)))];
  const { classes } = sets[0];
  return `${alignColumns(rows, [2, 3, 4, 5, 6])}${classes ? `\n${classesBlock(classes, dataCheck)}` : ""}`;
}

function rowsLeftOut({ dropped, leftOut = [] }: PlannedCheck): number {
  return leftOut.reduce((sum, { records }) => sum + records.length, dropped);
}

function classesBlock(classes: readonly string[], checks: readonly PlannedCheck[]): string {
  const names = checks.map(({ name }) => name);
  const right = names.map((_, index) => index + 1);
  if (classes.length <= MOST_CLASSES) {
    const rows = classes.map((name, index) => [plainText(name), ...checks.map(({ histogram = [] }) => count(histogram[index]))]);
    return alignColumns([["rows by class", ...names], ...rows], right);
  }
  const of = (pick: (rows: readonly number[]) => number): string[] => checks.map(({ histogram = [] }) => count(pick(histogram)));
  return alignColumns(
    [
      [`rows of ${count(classes.length)} classes`, ...names],
      ["the least", ...of((rows) => rows.reduce((a, b) => Math.min(a, b)))],
      ["the most", ...of((rows) => rows.reduce((a, b) => Math.max(a, b)))],
    ],
    right,
  );
}
