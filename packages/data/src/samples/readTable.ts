// A whole CSV file in memory.
import { sourceName, type ByteSource } from "../bytes/ByteSource.ts";
import type { CsvColumn } from "../csv/CsvColumn.ts";
import { readCsv, type CsvOptions } from "../csv/readCsv.ts";
import { DataError } from "../DataError.ts";
import type { RowPlaces } from "./RowPlaces.ts";
import { allLeftOut, type LeftOut } from "./leftOut.ts";

/** All records of a CSV file, or some consecutive ones, with what messages about them need. */
export interface Table extends RowPlaces {
  readonly count: number;
  readonly columns: readonly CsvColumn[];
  /** The columns of kind "number" and "optional": [count × these columns], row-major. */
  readonly values: Float32Array;
  /** The columns of kind "category": [count × category columns], row-major. */
  readonly codes: Int32Array;
  /** Malformed records that were left out, if any. */
  readonly leftOut?: LeftOut;
  /** Records that were left out because their label is missing. */
  readonly dropped?: number;
}

/** What has been read so far. */
export interface LoadProgress {
  readonly file: string;
  readonly records: number;
}

/** How to read a table. */
export interface TableOptions extends CsvOptions {
  /** Called after each batch of records. */
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** Reads a CSV file to its end; throws a DataError when it holds no record. */
export async function readTable(source: ByteSource, options: TableOptions): Promise<Table> {
  const file = sourceName(source, options.name);
  const values: Float32Array[] = [];
  const codes: Int32Array[] = [];
  const lines: Uint32Array[] = [];
  let columns: readonly CsvColumn[] = [];
  let count = 0;
  const skipped: number[] = [];
  let first = "";
  const onMalformed = (error: DataError, endKnown: boolean): void => {
    options.onMalformed?.(error, endKnown);
    if (skipped.length === 0) first = error.message;
    skipped.push(error.record ?? 0);
  };
  for await (const batch of readCsv(source, { ...options, onMalformed })) {
    values.push(batch.values.slice());
    codes.push(batch.codes.slice());
    lines.push(batch.lines.slice());
    columns = batch.columns;
    count += batch.rows;
    options.onProgress?.({ file, records: count });
  }
  if (count === 0 && skipped.length > 0) throw allLeftOut(file, first);
  if (count === 0) throw new DataError("the file holds no records; give a file with at least one", { file });
  return {
    file,
    count,
    columns,
    values: joined(values, (length) => new Float32Array(length)),
    codes: joined(codes, (length) => new Int32Array(length)),
    lines: joined(lines, (length) => new Uint32Array(length)),
    ...(skipped.length > 0 && { records: othersThan(skipped, count), leftOut: { file, records: skipped, first } }),
  };
}

// The first `count` numbers from 1 that are not in `skipped`, which ascends.
function othersThan(skipped: readonly number[], count: number): Uint32Array {
  let passed = 0;
  return Uint32Array.from({ length: count }, (_, row) => {
    while (skipped[passed] === row + 1 + passed) passed += 1;
    return row + 1 + passed;
  });
}

function joined<Part extends Float32Array | Int32Array | Uint32Array>(parts: readonly Part[], create: (length: number) => Part): Part {
  if (parts.length === 1) return parts[0];
  const whole = create(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
