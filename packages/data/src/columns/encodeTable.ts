// Raw features of a configured table ⇄ what the model sees. What stands in for missing values and which categories there
// are is fitted to the training rows; the encoding of a row then depends on that row alone.
import { columnLabel } from "../csv/CsvColumn.ts";
import { shown } from "../csv/recordErrors.ts";
import { DataError, type DataErrorPlace } from "../DataError.ts";
import { placeOfRow, type RowPlaces } from "../samples/RowPlaces.ts";
import type { Features } from "../samples/Samples.ts";
import type { TableColumn, TableLayout } from "./ColumnConfig.ts";

/** More categories would make too many features of one column; it is most likely an id. */
export const MAX_CATEGORIES = 1000;
const LISTED_CATEGORIES = 10;

/** A column with what was fitted to it. */
export interface FittedColumn extends TableColumn {
  /** What stands in for a missing value: a number, or a category's text. */
  readonly fill?: number | string;
  /** The categories in code-unit order; each is one feature, 1 where it is the row's. */
  readonly categories?: readonly string[];
}

/** A table's layout with what was fitted to its columns: plain JSON. */
export interface FittedTable extends TableLayout {
  readonly columns: readonly FittedColumn[];
}

/** Fits the columns to raw features. Throws a DataError for a column without any value, or with too many categories. */
export function fitTable({ count, inputs, features, table }: Features): FittedTable | undefined {
  if (table === undefined) return undefined;
  const columns = table.layout.columns.map((column, place) => {
    const values: number[] = [];
    for (let row = 0; row < count; row += 1) {
      const value = features[row * inputs + place];
      if (!Number.isNaN(value)) values.push(value);
    }
    const texts = table.texts[place];
    const mean = (): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    return texts === undefined
      ? fitNumber(column, { count: values.length, mean, median: () => medianOf(values) })
      : fitCategories(column, values.length < count, new Set(values), texts);
  });
  return { ...table.layout, columns };
}

/** How many features a column becomes. */
export function widthOf({ categories }: FittedColumn): number {
  return categories?.length ?? 1;
}

/**
 * The features that the model sees: a number as it is, a category as one feature for each of those in training. Throws a DataError, with the
 * row's place where `rowPlaces` are given, for a category that training had not, where that is an error.
 */
export function encodeTable(fitted: FittedTable, rows: Features, rowPlaces?: RowPlaces): Features {
  const { count, inputs, features: raw, table } = rows;
  const { columns } = fitted;
  if (table === undefined || inputs !== columns.length) {
    throw new DataError(
      `encodeTable: the rows have ${inputs} columns, but the table was fitted with ${columns.length}; load them with its layout`,
    );
  }
  const width = columns.reduce((sum, column) => sum + widthOf(column), 0);
  const features = new Float32Array(count * width);
  let offset = 0;
  columns.forEach((column, place) => {
    const texts = table.texts[place];
    if (texts === undefined) {
      const fill = Number(column.fill);
      for (let row = 0; row < count; row += 1) {
        const value = raw[row * inputs + place];
        features[row * width + offset] = Number.isNaN(value) ? fill : value;
      }
    } else {
      const places = texts.map((text) => placeOf(text, column));
      const fill = column.fill === undefined ? undefined : placeOf(String(column.fill), column);
      for (let row = 0; row < count; row += 1) {
        const code = raw[row * inputs + place];
        const hot = Number.isNaN(code) ? fill : places[code];
        if (hot === undefined && column.unknown === "error")
          throw unknownCategory(column, texts[code], rowPlaces && placeOfRow(rowPlaces, row));
        if (hot !== undefined) features[row * width + offset + hot] = 1;
      }
    }
    offset += widthOf(column);
  });
  const names = columns.flatMap(featureNames);
  return { count, inputs: width, features, ...(names.length === width && { featureNames: names }) };
}

/** What is known of a column's values where it is not missing. */
export interface PresentValues {
  readonly count: number;
  readonly mean: () => number;
  readonly median: () => number;
}

/** Fits a column of numbers. Throws a DataError if it has no value. */
export function fitNumber(column: TableColumn, { count, mean, median }: PresentValues): FittedColumn {
  const { missing } = column;
  if (typeof missing === "object") return { ...column, fill: missing.constant };
  if (count === 0) throw new DataError(`${columnLabel(column.index, column.name)} has no value in the training rows; "drop" it in columns`);
  if (missing === "mean") return { ...column, fill: mean() };
  return missing === "median" ? { ...column, fill: median() } : column;
}

/** Fits a column of categories, `codes` of `texts` in its rows. Throws a DataError if there is none, or too many. */
export function fitCategories(column: TableColumn, gaps: boolean, codes: ReadonlySet<number>, texts: readonly string[]): FittedColumn {
  const { missing } = column;
  const fill = typeof missing === "object" ? String(missing.constant) : undefined;
  const found = new Set(Array.from(codes, (code) => texts[code]));
  if (gaps && fill !== undefined) found.add(fill);
  const label = columnLabel(column.index, column.name);
  if (found.size === 0) throw new DataError(`${label} has no value in the training rows; "drop" it in columns`);
  if (found.size > MAX_CATEGORIES) {
    throw new DataError(
      `${label} has ${found.size} categories, at most ${MAX_CATEGORIES} can be features; "drop" it, or group them in the file`,
    );
  }
  // Code-unit order: the same in every country.
  const categories = [...found].toSorted((a, b) => (a < b ? -1 : 1));
  return { ...column, categories, ...(fill !== undefined && { fill }) };
}

// Of an even number of values, the middle of the two in the middle.
function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).toSorted();
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function placeOf(text: string, { categories = [] }: FittedColumn): number | undefined {
  const place = categories.indexOf(text);
  return place < 0 ? undefined : place;
}

/** That a column has a category which training had not, at `place` where that is known. */
export function unknownCategory(
  { index, name, categories = [] }: FittedColumn,
  text: string | undefined,
  place?: DataErrorPlace,
): DataError {
  const more = categories.length > LISTED_CATEGORIES ? " …" : "";
  const known = categories.slice(0, LISTED_CATEGORIES).map(shown).join(", ");
  const found = text === undefined ? "what stands in for a missing value" : shown(text);
  return new DataError(
    `${place?.record === undefined ? "" : `record ${place.record}, `}${columnLabel(index, name)}: ${found} is none of the ${categories.length} categories of training, ${known}${more}; ` +
      'correct it, or set "unknown" to "ignore" and train again',
    place,
  );
}

function featureNames({ name, categories }: FittedColumn): string[] {
  if (name === undefined) return [];
  return categories === undefined ? [name] : categories.map((category) => `${name}=${category}`);
}
