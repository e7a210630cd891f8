// Labels as they stand in files (names, whole numbers, one-hot columns) → class indices and class names.
import { DataError } from "../DataError.ts";
import { parseNumber } from "../csv/parseNumber.ts";
import { shown } from "../csv/recordErrors.ts";
import { recordNumber } from "./RowPlaces.ts";
import type { ClassTargets } from "./Samples.ts";
import type { Table } from "./readTable.ts";

// An id or a price taken for a class would make one class of each value up to the largest.
export const MAX_CLASSES = 65_536;
const LISTED_CLASSES = 10;

/** One label a record, as text: the text of record i is texts[codes[i]]. `lines`, where there are any, are for messages. */
interface TextLabels {
  readonly file: string;
  readonly texts: readonly string[];
  readonly codes: Int32Array;
  readonly lines?: ArrayLike<number>;
  /** The number of each label's record, from 1; left out, they are all records of the file. */
  readonly records?: ArrayLike<number>;
}

/**
 * Classes of labels in one column. Whole numbers from 0 are indices, and the classes are "0" … "max"; other texts are names, in
 * code-unit order. Given `classes`, every label must be one of their names or, where no name is a whole number, one of their indices.
 * Throws a DataError for a label that is empty, not known, or a number that can't be a class.
 */
export function classesOfTexts(labels: TextLabels, classes?: readonly string[]): ClassTargets {
  const { texts, codes } = labels;
  const wholes = texts.map(wholeNumber);
  const names = classes ?? newClasses(labels, wholes);
  const places = new Map(names.map((name, index) => [name, index]));
  const byIndex = classes !== undefined && !classes.some((name) => wholeNumber(name) !== undefined);
  const classOfCode = texts.map((text, code) => {
    const whole = wholes[code];
    const index = byIndex ? whole : undefined;
    const place = places.get(text) ?? (whole === undefined ? undefined : places.get(String(whole))) ?? index;
    if (place === undefined || place >= names.length) {
      throw labelError(labels, code, `${shown(text)} is not one of the ${listed(names)}; correct it, or train with it`);
    }
    return place;
  });
  return { kind: "classes", indices: codes.map((code) => classOfCode[code]), classes: names };
}

/**
 * Classes of a one-hot table: each record has one 1 and else 0, and its column is its class. A header names the classes; without one
 * they are "0", "1" …, or `classes` where these are given. Throws a DataError for a record that is not one-hot.
 */
export function classesOfOneHot(table: Table, classes?: readonly string[]): ClassTargets {
  const { file, columns, count, values, lines } = table;
  const width = columns.length;
  const classOfColumn = oneHotClasses(table, classes);
  const indices = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    const fields = values.subarray(row * width, (row + 1) * width);
    const hot = fields.indexOf(1);
    if (hot < 0 || fields.some((value, column) => column !== hot && value !== 0)) {
      const record = recordNumber(table, row);
      const what = `record ${record} is not one-hot: expected one 1 and ${width - 1} times 0; numbers to predict are targets of "values" (in a config, "loss": "meanSquaredError")`;
      throw new DataError(what, { file, line: lines[row], record });
    }
    indices[row] = classOfColumn.indices[hot];
  }
  return { kind: "classes", indices, classes: classOfColumn.names };
}

function newClasses(labels: TextLabels, wholes: readonly (number | undefined)[]): readonly string[] {
  const { texts } = labels;
  const empty = texts.findIndex((text) => text.trim() === "");
  if (empty >= 0) throw labelError(labels, empty, "the label is empty; give each record a class");
  if (wholes.every((whole) => whole !== undefined)) {
    const largest = wholes.reduce((most, whole) => Math.max(most, whole), 0);
    if (largest >= MAX_CLASSES) {
      const what = `${largest} is too large for a class (at most ${MAX_CLASSES - 1}); numbers to predict are targets of "values" (in a config, "loss": "meanSquaredError")`;
      throw labelError(labels, wholes.indexOf(largest), what);
    }
    return Array.from({ length: largest + 1 }, (_, index) => String(index));
  }
  const numbers = texts.map(numberOf);
  const fractional = numbers.findIndex((number) => number !== undefined && !Number.isInteger(number));
  if (fractional >= 0 && numbers.every((number) => number !== undefined)) {
    const what = `${shown(texts[fractional])} is not a class: expected a name or a whole number; numbers to predict are targets of "values" (in a config, "loss": "meanSquaredError")`;
    throw labelError(labels, fractional, what);
  }
  // Code-unit order: the same in every country.
  return texts.toSorted((a, b) => (a < b ? -1 : 1));
}

function oneHotClasses(
  { file, columns }: Table,
  classes: readonly string[] | undefined,
): { names: readonly string[]; indices: readonly number[] } {
  const header = columns.flatMap(({ name }) => name ?? []);
  const indices = columns.map(({ index }) => index);
  if (header.length === 0) {
    if (classes && classes.length !== columns.length) {
      const what = `${columns.length} one-hot columns, expected ${classes.length}: one for each of the ${listed(classes)}`;
      throw new DataError(what, { file });
    }
    return { names: classes ?? indices.map(String), indices };
  }
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new DataError(`two one-hot columns are named ${shown(twice)}; give each class a name of its own`, { file });
  }
  const unknown = header.find((name) => classes && !classes.includes(name));
  if (classes && unknown !== undefined) {
    throw new DataError(`the one-hot column ${shown(unknown)} is not one of the ${listed(classes)}`, { file });
  }
  return classes ? { names: classes, indices: header.map((name) => classes.indexOf(name)) } : { names: header, indices };
}

function labelError({ file, codes, lines, records }: TextLabels, code: number, what: string): DataError {
  const row = codes.indexOf(code);
  const record = recordNumber({ records }, row);
  return new DataError(`record ${record}: ${what}`, lines ? { file, line: lines[row], record } : { file, record });
}

function numberOf(text: string): number | undefined {
  const bytes = new TextEncoder().encode(text);
  return parseNumber(bytes, 0, bytes.length);
}

function wholeNumber(text: string): number | undefined {
  const number = numberOf(text);
  return number !== undefined && Number.isInteger(number) && number >= 0 ? number : undefined;
}

function listed(classes: readonly string[]): string {
  const more = classes.length > LISTED_CLASSES ? " …" : "";
  return `${classes.length} classes ${classes.slice(0, LISTED_CLASSES).map(shown).join(", ")}${more}`;
}
