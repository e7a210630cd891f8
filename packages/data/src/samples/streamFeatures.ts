// Raw rows for prediction, batch by batch at constant memory: CSV → the columns that the model knows → features as the model sees them.
import { sourceName, type ByteOptions, type ByteSource } from "../bytes/ByteSource.ts";
import { refuseRows } from "../columns/missingRows.ts";
import { placeLayout } from "../columns/placeLayout.ts";
import { layoutKinds } from "../columns/planLayout.ts";
import { preprocessFeatures, type Preprocessing } from "../columns/Preprocessing.ts";
import { rawFeatures } from "../columns/rawFeatures.ts";
import type { ColumnKind } from "../csv/CsvColumn.ts";
import type { TableHead } from "../csv/head.ts";
import { readCsv, type CsvOptions } from "../csv/readCsv.ts";
import { DataError } from "../DataError.ts";
import { allLeftOut } from "./leftOut.ts";
import { LeftOutRecords } from "./LeftOutRecords.ts";
import { numberKinds, placeLabel, placeNumbers } from "./placeNumbers.ts";
import type { Table } from "./readTable.ts";
import type { RowPlaces } from "./RowPlaces.ts";
import type { Features } from "./Samples.ts";
import { tableFeatures } from "./tableFeatures.ts";

/** Some consecutive rows as the model sees them. */
export interface FeatureRows extends RowPlaces {
  readonly count: number;
  readonly recordsBefore: number;
  /** [count × inputs], row-major, scaled and encoded; a copy. */
  readonly features: Float32Array;
}

/** How to read them. */
export interface FeatureStreamOptions
  extends ByteOptions, Pick<CsvOptions, "delimiter" | "header" | "comment" | "malformed" | "onMalformed"> {
  /** The number of rows in each batch but the last. */
  readonly batchRows: number;
  /** Told, before the first batch, the names (or indices from 0) of columns that are neither features nor the label. */
  readonly onIgnored?: (columns: readonly string[]) => void;
}

/** How the columns are read, and raw features made of a batch. */
interface Reading {
  readonly kinds: readonly ColumnKind[];
  raw(batch: Table, onFault?: (row: number, error: DataError) => void): Features;
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
  const leftOut = new LeftOutRecords(file, options.malformed);
  const skip = (error: DataError, endKnown: boolean): void => {
    leftOut.skip(error);
    options.onMalformed?.(error, endKnown);
  };
  const batches = readCsv(source, {
    ...options,
    onMalformed: skip,
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
  let rows = 0;
  for await (const { rows: found, values, codes, lines, columns } of batches) {
    const read = { file, records: leftOut.number(found), count: found, values, codes, lines: lines.slice(), columns };
    const { table: sound, features } = soundRows(reading as Reading, read, leftOut, options.onMalformed);
    refuseRows(features, sound);
    const places = { file, recordsBefore, lines: sound.lines, ...(leftOut.tolerant && { records: sound.records }) };
    const { count } = sound;
    rows += count;
    if (count > 0) yield { ...places, count, features: preprocessFeatures(preprocessing, features, sound).features };
    recordsBefore += found;
  }
  if (rows === 0 && leftOut.result !== undefined) throw allLeftOut(file, leftOut.result.first);
  if (recordsBefore === 0) throw new DataError("the file holds no records; give a file with at least one", { file });
}

// Without the rows that miss a value where none may be missing, if malformed records are left out.
function soundRows(
  { raw }: Reading,
  table: Table,
  leftOut: LeftOutRecords,
  onMalformed: FeatureStreamOptions["onMalformed"],
): { readonly table: Table; readonly features: Features } {
  if (!leftOut.tolerant) return { table, features: raw(table) };
  const faults = new Map<number, DataError>();
  const features = raw(table, (row, error) => {
    if (!faults.has(row)) faults.set(row, error);
  });
  if (faults.size === 0) return { table, features };
  const sound = leftOut.without(table, faults);
  for (const error of faults.values()) onMalformed?.(error, true);
  return { table: sound, features: raw(sound) };
}

function planReading(preprocessing: Preprocessing, file: string, head: TableHead): Reading {
  const { table, label } = preprocessing;
  if (table !== undefined) {
    const placed = placeLayout(table, { file, head, label: label?.index });
    return {
      kinds: layoutKinds(placed, head.columns),
      raw: (batch, onFault) => rawFeatures(batch, { layout: table, columns: placed.columns }, onFault),
    };
  }
  const places = placeNumbers(preprocessing, file, head, placeLabel(preprocessing, head));
  return { kinds: numberKinds(places, head), raw: (batch) => tableFeatures(batch, places) };
}

// The label is no surprise in a table like that of training: by its name, or where there are no names by its place.
function ignoredColumns(kinds: readonly ColumnKind[], { names }: TableHead, { label }: Preprocessing): string[] {
  return kinds.flatMap((kind, index) => {
    const isLabel = label !== undefined && (names && label.name !== undefined ? names[index] === label.name : index === label.index);
    return kind !== "skip" || isLabel ? [] : [names?.[index] ?? String(index)];
  });
}
