// A whole CSV file in memory.
import { sourceName, type ByteSource } from "../bytes/ByteSource.ts";
import type { CsvColumn } from "../csv/CsvColumn.ts";
import { readCsv, type CsvOptions } from "../csv/readCsv.ts";
import { DataError } from "../DataError.ts";

/** All records of a CSV file, with the source's name for messages about them. */
export interface Table {
  readonly file: string;
  readonly count: number;
  readonly columns: readonly CsvColumn[];
  /** The columns of kind "number" and "optional": [count × these columns], row-major. */
  readonly values: Float32Array;
  /** The columns of kind "category": [count × category columns], row-major. */
  readonly codes: Int32Array;
  /** The line on which each record starts. */
  readonly lines: Uint32Array;
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
  for await (const batch of readCsv(source, options)) {
    values.push(batch.values.slice());
    codes.push(batch.codes.slice());
    lines.push(batch.lines.slice());
    columns = batch.columns;
    count += batch.rows;
    options.onProgress?.({ file, records: count });
  }
  if (count === 0) throw new DataError("the file holds no records; give a file with at least one", { file });
  return {
    file,
    count,
    columns,
    values: joined(values, (length) => new Float32Array(length)),
    codes: joined(codes, (length) => new Int32Array(length)),
    lines: joined(lines, (length) => new Uint32Array(length)),
  };
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
