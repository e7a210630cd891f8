// A table as it was read → raw features: a number, or the index of a category's text, for each column of the layout.
import { columnLabel, isNumeric } from "../csv/CsvColumn.ts";
import { DataError } from "../DataError.ts";
import type { Table } from "../samples/readTable.ts";
import { placeOfRow } from "../samples/RowPlaces.ts";
import type { Features, RawTable } from "../samples/Samples.ts";
import type { TableColumn, TableLayout } from "./ColumnConfig.ts";
import { isMissing } from "./missing.ts";

/** The layout of training, and the same columns where they stand in this table. */
export interface LayoutPlaces {
  readonly layout: TableLayout;
  readonly columns: readonly TableColumn[];
}

/**
 * Raw features [count × columns of the layout]. Throws a DataError, with its line, for a value that is missing where none may be; or hands
 * it to `onFault`, and there the feature is NaN.
 */
export function rawFeatures(
  table: Table,
  { layout, columns }: LayoutPlaces,
  onFault: (row: number, error: DataError) => void = throwFault,
): Features & { readonly table: RawTable } {
  const { count } = table;
  const inputs = columns.length;
  const features = new Float32Array(count * inputs);
  const texts: (readonly string[] | undefined)[] = [];
  const offsets = offsetsOf(table.columns);
  columns.forEach((column, place) => {
    const { kind, categories } = table.columns[column.index];
    if (isNumeric(kind)) {
      const { values } = table;
      const [stride, offset] = [offsets.numbers, offsets.of[column.index]];
      for (let row = 0; row < count; row += 1) {
        const value = values[row * stride + offset];
        if (kind === "number" && Number.isNaN(value)) onFault(row, missingFault(table, row, column));
        features[row * inputs + place] = value;
      }
    } else {
      const { codes } = table;
      const [stride, offset] = [offsets.categories, offsets.of[column.index]];
      const meanings = categories.map((text, code) => meaningOf(text, code, column));
      for (let row = 0; row < count; row += 1) {
        const meaning = meanings[codes[row * stride + offset]];
        if (meaning === undefined) onFault(row, missingFault(table, row, column));
        features[row * inputs + place] = meaning ?? Number.NaN;
      }
    }
    texts.push(column.type === "category" ? categories.map((text) => text.trim()) : undefined);
  });
  return { count, inputs, features, table: { layout, texts, dropped: table.dropped ?? 0 } };
}

/** Where a column's values or codes stand in the table's arrays: that of row r at r · stride + offset. */
export function columnOf(
  { columns, values, codes }: Table,
  index: number,
  kind: "number" | "category",
): { readonly values: Float32Array | Int32Array; readonly stride: number; readonly offset: number } {
  const alike = columns.filter((column) => (kind === "number" ? isNumeric(column.kind) : column.kind === kind));
  return { values: kind === "number" ? values : codes, stride: alike.length, offset: alike.indexOf(columns[index]) };
}

// Each column's place among those of its kind, all at once: there may be very many.
function offsetsOf(columns: Table["columns"]): { readonly numbers: number; readonly categories: number; readonly of: Int32Array } {
  let [numbers, categories] = [0, 0];
  const of = Int32Array.from(columns, ({ kind }) => {
    if (isNumeric(kind)) return numbers++;
    return kind === "category" ? categories++ : -1;
  });
  return { numbers, categories, of };
}

// What a text becomes; undefined where it is a fault.
function meaningOf(text: string, code: number, { missing }: TableColumn): number | undefined {
  if (!isMissing(text)) return code;
  return missing === "error" ? undefined : Number.NaN;
}

function missingFault(table: Table, row: number, { index, name }: TableColumn): DataError {
  const what = 'the value is missing; say what to do in columns, as "missing": "dropRow"';
  const place = placeOfRow(table, row);
  return new DataError(`record ${place.record}, ${columnLabel(index, name)}: ${what}`, place);
}

function throwFault(_: number, error: DataError): never {
  throw error;
}
