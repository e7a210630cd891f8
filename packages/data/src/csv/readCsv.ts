// The reader's front: its options, its batches, its documentation.
import type { ByteOptions, ByteSource } from "../bytes/ByteSource.ts";
import type { DataError } from "../DataError.ts";
import type { ColumnKind, CsvColumn } from "./CsvColumn.ts";
import type { CsvDialect, TableHead } from "./head.ts";
import { readBatches } from "./readBatches.ts";

// A smaller file is read in less time than a kernel needs to be compiled.
const KERNEL_FROM_BYTES = 64 * 1024;

/** How to read a CSV file. */
export interface CsvOptions extends ByteOptions, CsvDialect {
  /** Decides each column's kind from the header's names and the first record; left out, every column is one of numbers. */
  readonly columns?: (head: TableHead) => readonly ColumnKind[];
  /** The number of rows in each batch but the last; left out, 4096, or fewer where these would be more than 2²² fields. */
  readonly batchRows?: number;
  /**
   * What to do with a record that has too few or too many fields, or no number in a column of numbers: "fail" (left out, it is this) throws
   * its error, "skip" leaves all such records out, and `{ limit: n }` leaves out n of them and throws the error of the next.
   */
  readonly malformed?: MalformedPolicy;
  /** Told the error of each record that is left out. */
  readonly onMalformed?: (error: DataError) => void;
}

/** What to do with malformed records. */
export type MalformedPolicy = "fail" | "skip" | { readonly limit: number };

/** Some consecutive records. The arrays are the reader's own and hold these rows only until the next batch is asked for. */
export interface CsvBatch {
  readonly rows: number;
  /** The columns of kind "number" and "optional": [rows × these columns], row-major. */
  readonly values: Float32Array;
  /** The columns of kind "category", as indices into their `categories`: [rows × category columns], row-major. */
  readonly codes: Int32Array;
  /** The line on which each record starts, from 1. */
  readonly lines: Uint32Array;
  readonly columns: readonly CsvColumn[];
  /** The number of malformed records left out so far. */
  readonly skipped: number;
}

/**
 * Reads CSV (RFC 4180; LF, CR LF or CR; UTF-8; records up to 16 MiB) into batches, the same ones however the bytes are cut into
 * chunks. A file without records gives none. Numbers are rounded to the nearest f32. Throws a DataError at the first fault, with its
 * line and column.
 */
export function readCsv(source: ByteSource, options: CsvOptions = {}): AsyncGenerator<CsvBatch, void, undefined> {
  return readBatches(source, options, KERNEL_FROM_BYTES);
}
