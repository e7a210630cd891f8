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
   * What to do with a record that has too few or too many fields, no number in a column of numbers, text that is not UTF-8, a quote that is
   * not closed or has text behind it, or more than 16 MiB: "fail" (left out, it is this) throws its error, "skip" leaves all such records out,
   * and `{ limit: n }` leaves out n of them and throws the error of the next. Where a quote or the length is at fault, what is left out ends
   * with the line on which the faulty field starts, and the line behind it is taken for a record; else it is the record. The first record
   * must be sound, since it gives the columns.
   */
  readonly malformed?: MalformedPolicy;
  /** Told the error of each record that is left out, and whether it is certain where the record ended: no quote or length is at fault. */
  readonly onMalformed?: (error: DataError, endKnown: boolean) => void;
  /**
   * How long the codes of categories hold: for the "file" (left out, it is this), or for a "batch", which numbers its texts anew, so that
   * a column of ever other texts takes no more memory than a batch of it.
   */
  readonly codes?: "file" | "batch";
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
