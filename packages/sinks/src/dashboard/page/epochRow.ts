// An epoch on its way to the page: a row of numbers in the order of FIELDS, which server and page share. As in files, the
// numbers that JSON lacks are the strings "NaN", "Infinity" and "-Infinity"; what an epoch doesn't measure is null.
import type { EpochCompleted } from "../../contract/TrainingEvent.ts";

/** What the page is told of an epoch; `at` is in milliseconds since 1970. */
export const FIELDS = [
  "epoch",
  "epochs",
  "cost",
  "accuracy",
  "rmse",
  "validationCost",
  "validationAccuracy",
  "validationRmse",
  "learningRate",
  "samplesPerSecond",
  "durationMs",
  "at",
] as const;

/** The name of a number of an epoch. */
export type EpochField = (typeof FIELDS)[number];

/** An epoch's numbers by name; a field is missing where the epoch doesn't measure it. */
export type EpochNumbers = Readonly<Partial<Record<EpochField, number>>>;

/** An epoch as JSON carries it. */
export type EpochRow = readonly (number | string | null)[];

/** The numbers of `event` by name. */
export function epochNumbers(event: EpochCompleted & { readonly at: string }): EpochNumbers {
  const { validation } = event;
  const validated = { validationCost: validation?.cost, validationAccuracy: validation?.accuracy, validationRmse: validation?.rmse };
  return { ...event, ...validated, at: Date.parse(event.at) };
}

/** The numbers of `row` by name. */
export function readRow(row: EpochRow): EpochNumbers {
  // Number() reads the three strings as the numbers that they stand for.
  return Object.fromEntries(FIELDS.flatMap((field, place) => (row[place] === null ? [] : [[field, Number(row[place])]])));
}
