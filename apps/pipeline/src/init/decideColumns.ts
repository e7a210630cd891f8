// What becomes of each column of a table but the label's, and why: rules on what stands in it, none on what it may mean.
import type { ColumnConfig, ColumnDescription, TableDescription } from "@downhill/data";
import { columnKeys } from "./columnKeys.ts";

/** A column of numbers that is missing more often than this is dropped. */
const MOST_MISSING = 0.6;
/** Different texts of a column are counted up to this many. */
const MOST_TEXTS = 10_000;
/** Where so few of the different values are left as f32, what tells the records apart may be lost. */
const LEAST_TOLD_APART = 0.9;
/** The category that stands for a missing one. */
const MISSING_CATEGORY = "missing";
/** From this many columns on, all of them bytes, the records are taken for images. */
const LEAST_PIXELS = 64;

/** A column and what is done with it. */
export interface ColumnDecision {
  /** What the config calls it: its name, or its index where that is not a name of its own. */
  readonly key: string;
  /** As the config says it. */
  readonly config: ColumnConfig;
  /** Features that it becomes. */
  readonly features: number;
  /** A few words, where there is something to say. */
  readonly why: string;
}

/** Decides on every column but the one at `label`, from 0; the pixels of images are numbers all, whatever stands in them. */
export function decideColumns(table: TableDescription, label: number): ColumnDecision[] {
  const images = areImages(table, label);
  const keys = columnKeys(table);
  const columns = featureColumns(table, label);
  const decide = (column: ColumnDescription): Decision => {
    if (keys.isShared(column.index)) return dropped("another column has its name; rename one in the file to use both");
    if (images) return pixel;
    // What counts the records may still be all that there is to learn from, as time is.
    if (columns.length > 1 && countsRecords(column, table.records)) return dropped("counts the records");
    return decideColumn(column, table.records);
  };
  return columns.map((column) => ({ key: String(keys.of(column.index)), ...decide(column) }));
}

/** Whether the records are images, as far as can be told: many columns, and nothing but bytes in them. */
export function areImages(table: TableDescription, label: number): boolean {
  const columns = featureColumns(table, label);
  const bytes = columns.every(
    ({ type, missing, minimum = -1, maximum = 256 }) => type === "integer" && missing === 0 && minimum >= 0 && maximum <= 255,
  );
  return columns.length >= LEAST_PIXELS && bytes && columns.some(({ maximum = 0 }) => maximum > 1);
}

/** Whether a column is what every column is by default, a number where none is missing, and has none missing so far. */
export function isPlain({ config, why }: ColumnDecision): boolean {
  return config === "number" || (config === NUMBER && why === "");
}

function featureColumns({ columns }: TableDescription, label: number): ColumnDescription[] {
  return columns.filter(({ index }) => index !== label);
}

/** What a column of text holds, in words. */
export function textsOf({ distinct }: ColumnDescription): string {
  return `text, ${distinct < MOST_TEXTS ? distinct : `${MOST_TEXTS} or more`} different`;
}

type Decision = Omit<ColumnDecision, "key">;

// Rows to predict may have gaps where those of training had none.
const NUMBER: ColumnConfig = { type: "number", missing: "median" };
const CATEGORY: ColumnConfig = { type: "category", missing: { constant: MISSING_CATEGORY } };

const pixel: Decision = { config: "number", features: 1, why: "" };

function countsRecords({ type, distinct, minimum = 0, maximum = 0 }: ColumnDescription, records: number): boolean {
  return type === "integer" && distinct === records && maximum - minimum === records - 1 && minimum <= 1;
}

function decideColumn(column: ColumnDescription, records: number): Decision {
  const { type, distinct, missing } = column;
  if (type === "empty") return dropped("no value at all");
  if (distinct === 1 && missing === 0) return dropped(`always ${column.examples[0]}`);
  switch (type) {
    case "date":
      return dropped("dates; write what matters of them as numbers, such as month or weekday");
    case "commaNumber":
      return dropped("numbers written with commas; write points in the file, and it can be learnt from");
    case "text":
      return dropped(`${textsOf(column)} in ${records} records`);
    case "category":
      return decideCategory(column);
    default:
      return decideNumber(column, records);
  }
}

function decideNumber({ missing, distinct, distinctF32 = distinct, minimum = 0 }: ColumnDescription, records: number): Decision {
  if (missing > MOST_MISSING * records) return dropped(`missing in ${missing} of ${records} records`);
  const reasons = [
    ...(missing === 0 ? [] : [`missing in ${missing} records: the median stands in`]),
    ...(distinctF32 > LEAST_TOLD_APART * distinct
      ? []
      : [`as 32-bit numbers only ${distinctF32} of ${distinct} values differ; subtract ${minimum} or so in the file`]),
  ];
  return { config: NUMBER, features: 1, why: reasons.join("; ") };
}

function decideCategory({ distinct, missing }: ColumnDescription): Decision {
  const why = `${distinct} different`;
  if (missing === 0) return { config: CATEGORY, features: distinct, why };
  return { config: CATEGORY, features: distinct + 1, why: `${why}; missing in ${missing} records: a category of its own` };
}

function dropped(why: string): Decision {
  return { config: "drop", features: 0, why };
}
