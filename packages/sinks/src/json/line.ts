// An event as one line of NDJSON and back. JSON has no NaN or Infinity: on the wire they are strings, and only the fields
// named here become numbers again, so a class that is called "NaN" keeps its name.
import { SinkError } from "../contract/SinkError.ts";
import type { TrainingEvent } from "../contract/TrainingEvent.ts";

const NUMBERS: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

// Every field, at any depth of an event but inside `config` and `environment`, whose number training may drive out of the finite range.
const NUMERIC_FIELDS: ReadonlySet<string> = new Set([
  "cost",
  "accuracy",
  "rmse",
  "learningRate",
  "samplesPerSecond",
  "durationMs",
  "probabilities",
  "gradientNorms",
]);

// Its numbers stand under names of their own: the layers'.
const NUMERIC_RECORD = "gradientNorms";

// What a person wrote stays as it was written.
const VERBATIM: ReadonlySet<string> = new Set(["config", "environment"]);

/** Writes `event` as one line of JSON with its newline; numbers that JSON lacks become `"NaN"`, `"Infinity"` and `"-Infinity"`. */
export function toLine(event: TrainingEvent): string {
  const plain = JSON.stringify(event);
  // Written without looking at each value, what JSON lacks is null: that is seldom, and looking at each takes several times as long.
  if (!plain.includes("null")) return `${plain}\n`;
  const wire = (_: string, value: unknown): unknown => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value);
  return `${JSON.stringify(event, wire)}\n`;
}

/**
 * Reads a line that `toLine` wrote. The three strings become numbers again in cost, accuracy, rmse, learningRate, samplesPerSecond,
 * durationMs, probabilities and gradientNorms, and stay strings everywhere else. Throws a SinkError where the line isn't an event of this version.
 */
export function fromLine(line: string): TrainingEvent {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new SinkError(`fromLine: the line is not JSON (${(cause as Error).message}); a last line without a newline was cut short`, {
      cause,
    });
  }
  if (!isEvent(value)) {
    throw new SinkError(`fromLine: ${line.slice(0, 60)} is JSON but not a version 1 event; it needs version, run, sequence and type`);
  }
  for (const [field, held] of Object.entries(value)) {
    if (!VERBATIM.has(field)) (value as unknown as Record<string, unknown>)[field] = restored(held, field);
  }
  return value;
}

function isEvent(value: unknown): value is TrainingEvent {
  if (typeof value !== "object" || value === null) return false;
  const { version, run, sequence, type } = value as Partial<TrainingEvent>;
  return version === 1 && typeof run === "string" && typeof sequence === "number" && typeof type === "string";
}

function restored(value: unknown, field: string): unknown {
  if (typeof value === "string") return NUMERIC_FIELDS.has(field) && Object.hasOwn(NUMBERS, value) ? NUMBERS[value] : value;
  if (Array.isArray(value)) return value.map((item) => restored(item, field));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, restored(held, field === NUMERIC_RECORD ? field : name)]));
}
