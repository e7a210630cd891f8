// What becomes of each column of a table but the label's, and why: rules on what stands in it, none on what it may mean.
import type { ColumnConfig, ColumnDescription, TableDescription } from "@downhill/data";

/** A column of numbers that is missing more often than this is dropped. */
const MOST_MISSING = 0.6;
/** The category that stands for a missing one. */
const MISSING_CATEGORY = "missing";
/** From this many columns on, all of them bytes, the records are taken for images. */
const LEAST_PIXELS = 64;

/** A column and what is done with it. */
export interface ColumnDecision {
  /** Its name, or its index where there is no header. */
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
  return featureColumns(table, label).map((column) => ({
    key: column.name ?? String(column.index),
    ...(images ? plainNumber : decide(column, table.records)),
  }));
}

/** Whether the records are images, as far as can be told: many columns, and nothing but bytes in them. */
export function areImages(table: TableDescription, label: number): boolean {
  const columns = featureColumns(table, label);
  const bytes = columns.every(
    ({ type, missing, minimum = -1, maximum = 256 }) => type === "integer" && missing === 0 && minimum >= 0 && maximum <= 255,
  );
  return columns.length >= LEAST_PIXELS && bytes && columns.some(({ maximum = 0 }) => maximum > 1);
}

/** Whether a column is what every column is by default: a number, and none of them missing. */
export function isPlain({ config }: ColumnDecision): boolean {
  return config === "number";
}

function featureColumns({ columns }: TableDescription, label: number): ColumnDescription[] {
  return columns.filter(({ index }) => index !== label);
}

type Decision = Omit<ColumnDecision, "key">;

const plainNumber: Decision = { config: "number", features: 1, why: "" };

function decide(column: ColumnDescription, records: number): Decision {
  const { type, distinct, missing } = column;
  if (type === "empty") return dropped("no value at all");
  if (distinct === 1 && missing === 0) return dropped(`always ${column.examples[0]}`);
  switch (type) {
    case "date":
      return dropped("dates; write what matters of them as numbers, such as month or weekday");
    case "text":
      return dropped(`text, ${distinct} different in ${records} records`);
    case "category":
      return decideCategory(column);
    default:
      return decideNumber(column, records);
  }
}

function decideNumber({ type, distinct, missing, minimum = 0, maximum = 0 }: ColumnDescription, records: number): Decision {
  if (type === "integer" && distinct === records && maximum - minimum === records - 1 && minimum <= 1) return dropped("counts the records");
  if (missing > MOST_MISSING * records) return dropped(`missing in ${missing} of ${records} records`);
  if (missing === 0) return plainNumber;
  return { config: { type: "number", missing: "median" }, features: 1, why: `missing in ${missing} records: the median stands in` };
}

function decideCategory({ distinct, missing }: ColumnDescription): Decision {
  const why = `${distinct} different`;
  if (missing === 0) return { config: "category", features: distinct, why };
  return {
    config: { type: "category", missing: { constant: MISSING_CATEGORY } },
    features: distinct + 1,
    why: `${why}; missing in ${missing} records: a category of its own`,
  };
}

function dropped(why: string): Decision {
  return { config: "drop", features: 0, why };
}
