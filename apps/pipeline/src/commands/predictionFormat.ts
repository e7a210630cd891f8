// Predictions as text: what a row looks like in CSV and in NDJSON.
import type { Preprocessing } from "@downhill/data";
import { argmax } from "../model/argmax.ts";
import { classNames } from "../model/classNames.ts";
import type { Predictions } from "../model/predictRows.ts";
import { valueNames } from "../model/valueNames.ts";

/** The names of the formats. */
export const PREDICTION_FORMATS = ["csv", "ndjson"] as const;

/** One of {@link PREDICTION_FORMATS}. */
export type PredictionFormatName = (typeof PREDICTION_FORMATS)[number];

/** How predictions are written. */
export interface PredictionFormat {
  /** What stands before the first row. */
  readonly header: string;
  /** A line for each row. */
  rows(predictions: Predictions): string;
}

/** The format of what a model with so many outputs says: of classes the likeliest, its probability and those of all; of values these. */
export function predictionFormat(name: PredictionFormatName, preprocessing: Preprocessing, outputs: number): PredictionFormat {
  if (preprocessing.classes === undefined) {
    const names = valueNames(preprocessing, outputs);
    return name === "csv" ? csvValues(names) : ndjsonValues(names);
  }
  const names = classNames(preprocessing, outputs);
  return name === "csv" ? csvClasses(names) : ndjsonClasses(names);
}

function csvClasses(names: readonly string[]): PredictionFormat {
  const width = names.length;
  const fields = names.map(csvField);
  const header = ["class", "probability", ...names.map((name) => csvField(`probability_${name}`))].join(",");
  return format(width, `${header}\n`, (values, start) => {
    const likeliest = argmax(values, start, width);
    return `${fields[likeliest]},${values[start + likeliest]},${joined(values, start, width)}\n`;
  });
}

// The objects are put together as text: a key may be called __proto__, and one that is a number keeps its place.
function ndjsonClasses(names: readonly string[]): PredictionFormat {
  const width = names.length;
  const texts = names.map((name) => JSON.stringify(name));
  return format(width, "", (values, start) => {
    const likeliest = argmax(values, start, width);
    return `{"class":${texts[likeliest]},"probability":${values[start + likeliest]},"probabilities":${jsonObject(texts, values, start)}}\n`;
  });
}

function csvValues(names: readonly string[]): PredictionFormat {
  const width = names.length;
  return format(width, `${names.map(csvField).join(",")}\n`, (values, start) => `${joined(values, start, width)}\n`);
}

function ndjsonValues(names: readonly string[]): PredictionFormat {
  const texts = names.map((name) => JSON.stringify(name));
  return format(names.length, "", (values, start) => `${jsonObject(texts, values, start)}\n`);
}

// `line` is given the place of the row's first number: a view of each row would take longer than its text.
function format(width: number, header: string, line: (values: Float32Array, start: number) => string): PredictionFormat {
  return {
    header,
    rows({ count, values }) {
      let text = "";
      for (let row = 0; row < count; row += 1) text += line(values, row * width);
      return text;
    },
  };
}

function joined(values: Float32Array, start: number, width: number): string {
  let text = String(values[start]);
  for (let place = start + 1; place < start + width; place += 1) text += `,${values[place]}`;
  return text;
}

function jsonObject(keys: readonly string[], values: Float32Array, start: number): string {
  let text = `{${keys[0]}:${values[start]}`;
  for (let place = 1; place < keys.length; place += 1) text += `,${keys[place]}:${values[start + place]}`;
  return `${text}}`;
}

// RFC 4180: a field with a comma, a quote or a line break is quoted, quotes are doubled.
function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
