// Raw rows for prediction, batch by batch at constant memory: CSV → the columns that the model knows → features as the model sees them.
import { sourceName, type ByteOptions, type ByteSource } from "../bytes/ByteSource.ts";
import { refuseRows } from "../columns/missingRows.ts";
import { placeLayout } from "../columns/placeLayout.ts";
import { layoutKinds } from "../columns/planLayout.ts";
import { preprocessFeatures, type Preprocessing } from "../columns/Preprocessing.ts";
import { rawFeatures } from "../columns/rawFeatures.ts";
import type { ColumnKind } from "../csv/CsvColumn.ts";
import type { CsvDialect, TableHead } from "../csv/head.ts";
import { readCsv } from "../csv/readCsv.ts";
import { DataError } from "../DataError.ts";
import { placeNumbers } from "./placeNumbers.ts";
import type { Table } from "./readTable.ts";
import type { RowPlaces } from "./RowPlaces.ts";
import type { Features } from "./Samples.ts";

/** Some consecutive rows as the model sees them. */
export interface FeatureRows extends RowPlaces {
  readonly count: number;
  readonly recordsBefore: number;
  /** [count × inputs], row-major, scaled and encoded; a copy. */
  readonly features: Float32Array;
}

/** How to read them. */
export interface FeatureStreamOptions extends ByteOptions, Pick<CsvDialect, "delimiter" | "header" | "comment"> {
  /** The number of rows in each batch but the last. */
  readonly batchRows: number;
  /** Told, before the first batch, the names (or indices from 0) of columns that are neither features nor the label. */
  readonly onIgnored?: (columns: readonly string[]) => void;
}

/** How the columns are read, and raw features made of a batch. */
interface Reading {
  readonly kinds: readonly ColumnKind[];
  raw(batch: Table): Features;
}

/**
 * Reads rows like those of training: by the columns' names where both tables have them, in any order, else by their places. The label and
 * other columns may be there or not. Throws a DataError, with file and line, for anything that is not as it must be, after the batches
 * before it; and for a source without records.
 */
export async function* streamFeatures(
  source: ByteSource,
  preprocessing: Preprocessing,
  { onIgnored, ...options }: FeatureStreamOptions,
): AsyncGenerator<FeatureRows, void, undefined> {
  const file = sourceName(source, options.name);
  const { table, featureNames } = preprocessing;
  // Only a header has names.
  const named = table?.columns.some(({ name }) => name !== undefined) ?? false;
  let reading: Reading | undefined;
  const batches = readCsv(source, {
    ...options,
    ...(named && { header: true }),
    ...(table === undefined && featureNames && { knownNames: featureNames }),
    codes: "batch",
    columns: (head) => {
      reading = planReading(preprocessing, file, head);
      const ignored = ignoredColumns(reading.kinds, head, preprocessing);
      if (ignored.length > 0) onIgnored?.(ignored);
      return reading.kinds;
    },
  });
  let recordsBefore = 0;
  for await (const { rows: count, values, codes, lines, columns } of batches) {
    const batch: Table & { readonly recordsBefore: number } = { file, recordsBefore, count, values, codes, lines: lines.slice(), columns };
    const features = (reading as Reading).raw(batch);
    refuseRows(features, batch);
    yield { file, recordsBefore, count, lines: batch.lines, features: preprocessFeatures(preprocessing, features, batch).features };
    recordsBefore += count;
  }
  if (recordsBefore === 0) throw new DataError("the file holds no records; give a file with at least one", { file });
}

function planReading(preprocessing: Preprocessing, file: string, head: TableHead): Reading {
  const { table, label } = preprocessing;
  if (table !== undefined) {
    const placed = placeLayout(table, { file, head, label: label?.index });
    return {
      kinds: layoutKinds(placed, head.columns),
      raw: (batch) => rawFeatures(batch, { layout: table, columns: placed.columns }),
    };
  }
  const places = placeNumbers(preprocessing, file, head);
  const kinds = Array.from({ length: head.columns }, (): ColumnKind => "skip");
  for (const index of places) kinds[index] = "number";
  // Where each feature stands among the columns of numbers.
  const read = new Map(places.toSorted((a, b) => a - b).map((index, place) => [index, place]));
  const order = Int32Array.from(places, (index) => read.get(index) ?? 0);
  return { kinds, raw: ({ count, values }) => inOrder(values, count, order) };
}

function inOrder(values: Float32Array, count: number, order: Int32Array): Features {
  const inputs = order.length;
  const features = new Float32Array(count * inputs);
  for (let row = 0; row < count * inputs; row += inputs) {
    for (let place = 0; place < inputs; place += 1) features[row + place] = values[row + order[place]];
  }
  return { count, inputs, features };
}

// The label is no surprise in a table like that of training: by its name, or where there are no names by its place.
function ignoredColumns(kinds: readonly ColumnKind[], { names }: TableHead, { label }: Preprocessing): string[] {
  return kinds.flatMap((kind, index) => {
    const isLabel = label !== undefined && (names && label.name !== undefined ? names[index] === label.name : index === label.index);
    return kind !== "skip" || isLabel ? [] : [names?.[index] ?? String(index)];
  });
}
