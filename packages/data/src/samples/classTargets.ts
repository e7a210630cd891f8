// Labels as they stand in files (names, whole numbers, one-hot columns) → class indices and class names.
import { numberOf } from "../columns/inferType.ts";
import { isMissing } from "../columns/missing.ts";
import { DataError } from "../DataError.ts";
import { shown } from "../csv/recordErrors.ts";
import { recordNumber } from "./RowPlaces.ts";
import type { ClassTargets } from "./Samples.ts";
import type { Table } from "./readTable.ts";

// An id or a price taken for a class would make one class of each value.
export const MAX_CLASSES = 65_536;
const LISTED_CLASSES = 10;
/** What to do with numbers that are no classes. */
export const NO_CLASSES: string = 'numbers to predict are targets of "values" (in a config, "loss": "meanSquaredError")';

/** One label a record, as text: the text of record i is texts[codes[i]]. `lines`, where there are any, are for messages. */
interface TextLabels {
  readonly file: string;
  readonly texts: readonly string[];
  readonly codes: Int32Array;
  readonly lines?: ArrayLike<number>;
  /** The number of each label's record, from 1; left out, they are all records of the file. */
  readonly records?: ArrayLike<number>;
  /** The key in `columns` of the label's column, where that is one of a table. */
  readonly key?: string;
}

/**
 * Classes of labels in one column, blanks around them left out. Where all are whole numbers, the classes are those that occur, by size; other
 * texts are names, in code-unit order. Given `classes`, every label must be one of their names or, where no name is a whole number, one of
 * their indices. Throws a DataError for a label that is missing, not known, or a number that can't be a class.
 */
export function classesOfTexts(labels: TextLabels, classes?: readonly string[]): ClassTargets {
  const { texts, codes } = labels;
  const wholes = texts.map(wholeNumber);
  const names = classes ?? newClasses(labels, wholes);
  const places = new Map(names.map((name, index) => [name, index]));
  const byIndex = classes !== undefined && !classes.some((name) => wholeNumber(name) !== undefined);
  const classOfCode = texts.map((text, code) => {
    const whole = wholes[code];
    const named = places.get(text) ?? places.get(text.trim()) ?? (whole === undefined ? undefined : places.get(String(whole)));
    const place = named ?? (byIndex ? whole : undefined);
    if (place !== undefined && place >= 0 && place < names.length) return place;
    if (isMissing(text)) throw missingLabel(labels, code);
    throw labelError(labels, code, `${shown(text)} is not one of the ${listed(names)}; correct it, or train with it`);
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
      const what = `record ${record} is not one-hot: expected one 1 and ${width - 1} times 0; ${NO_CLASSES}`;
      throw new DataError(what, { file, line: lines[row], record });
    }
    indices[row] = classOfColumn.indices[hot];
  }
  return { kind: "classes", indices, classes: classOfColumn.names };
}

function newClasses(labels: TextLabels, wholes: readonly (number | undefined)[]): readonly string[] {
  const { texts } = labels;
  const missing = texts.findIndex(isMissing);
  if (missing >= 0) throw missingLabel(labels, missing);
  const whole = wholes.filter((number) => number !== undefined);
  if (whole.length === texts.length) {
    const values = [...new Set(whole)].toSorted((a, b) => a - b);
    if (values.length > MAX_CLASSES) {
      throw new DataError(`there are ${values.length} different labels, at most ${MAX_CLASSES} can be classes; ${NO_CLASSES}`, {
        file: labels.file,
      });
    }
    return values.map(String);
  }
  const numbers = texts.map(numberOf);
  const fractional = numbers.findIndex((number) => number !== undefined && !Number.isInteger(number));
  if (fractional >= 0 && numbers.every((number) => number !== undefined)) {
    throw labelError(labels, fractional, `${shown(texts[fractional])} is not a class: expected a name or a whole number; ${NO_CLASSES}`);
  }
  // Code-unit order: the same in every country.
  return [...new Set(texts.map((text) => text.trim()))].toSorted((a, b) => (a < b ? -1 : 1));
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

function missingLabel(labels: TextLabels, code: number): DataError {
  const text = labels.texts[code];
  const found = text.trim() === "" ? "the label is empty" : `the label ${shown(text)} stands for a missing one`;
  const policy =
    labels.key === undefined ? "" : `, or leave such records out: "columns": { ${JSON.stringify(labels.key)}: { "missing": "dropRow" } }`;
  return labelError(labels, code, `${found}; give each record a class${policy}`);
}

// In f64: a number beyond 2^24 has no f32 of its own.
function wholeNumber(text: string): number | undefined {
  const number = numberOf(text) === undefined ? undefined : Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}

function listed(classes: readonly string[]): string {
  const more = classes.length > LISTED_CLASSES ? " …" : "";
  return `${classes.length} classes ${classes.slice(0, LISTED_CLASSES).map(shown).join(", ")}${more}`;
}
