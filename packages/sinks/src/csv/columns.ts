// The columns of metrics.csv, the same in every run: what a run doesn't measure stays empty.
import type { EpochCompleted } from "../contract/TrainingEvent.ts";

type Cell = string | number | undefined;

const COLUMNS: readonly (readonly [name: string, cell: (event: EpochCompleted & { readonly at: string }) => Cell])[] = [
  ["epoch", ({ epoch }) => epoch],
  ["cost", ({ cost }) => cost],
  ["accuracy", ({ accuracy }) => accuracy],
  ["rmse", ({ rmse }) => rmse],
  ["validationCost", ({ validation }) => validation?.cost],
  ["validationAccuracy", ({ validation }) => validation?.accuracy],
  ["validationRmse", ({ validation }) => validation?.rmse],
  ["learningRate", ({ learningRate }) => learningRate],
  ["samplesPerSecond", ({ samplesPerSecond }) => samplesPerSecond],
  ["durationMs", ({ durationMs }) => durationMs],
  ["at", ({ at }) => at],
];

/** The first line. */
export const HEADER: string = record(COLUMNS.map(([name]) => field(name)));

/** An epoch as a line; numbers as JavaScript writes them, so that reading them gives the same ones. */
export function row(event: EpochCompleted & { readonly at: string }): string {
  return record(COLUMNS.map(([, cell]) => field(cell(event))));
}

// RFC 4180: a text is quoted where it must be. JSON writes finite numbers as String does, and keeps no memory of each, which over
// many epochs is a lot.
function field(cell: Cell): string {
  if (typeof cell === "number") return Number.isFinite(cell) ? JSON.stringify(cell) : String(cell);
  if (cell === undefined) return "";
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

// With RFC 4180's line ends.
function record(fields: readonly string[]): string {
  return `${fields.join(",")}\r\n`;
}
