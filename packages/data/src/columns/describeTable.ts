// The first records of a table → what its columns hold. Both the inference of types and a first look at a file start here.
import { sourceName, type ByteSource } from "../bytes/ByteSource.ts";
import { readCsv, type CsvOptions } from "../csv/readCsv.ts";
import { DataError } from "../DataError.ts";
import { ColumnTally } from "./ColumnTally.ts";
import type { InferredType } from "./inferType.ts";

/** The records that are looked at unless it is said otherwise. */
const SAMPLE_RECORDS = 10_000;

/** One column of a table, as far as it was looked at. */
export interface ColumnDescription {
  /** Its place among all columns, from 0. */
  readonly index: number;
  readonly name?: string;
  readonly type: InferredType;
  /** Records in which it is missing. */
  readonly missing: number;
  /** The line of the first of them, from 1. */
  readonly firstMissingLine?: number;
  /** Different values, the missing ones left out; in a column that is not of numbers they are counted up to 10,000. */
  readonly distinct: number;
  /** Of a column of numbers, the different values that are left in f32, in which all is computed; absent where these are as many. */
  readonly distinctF32?: number;
  /** The range of a column of numbers. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** The first few different values; of a column that is not of numbers, those that are none come first. */
  readonly examples: readonly string[];
}

/** The first records of a table. */
export interface TableDescription {
  readonly file: string;
  /** The records that were looked at. */
  readonly records: number;
  /** Whether they are all there are. */
  readonly complete: boolean;
  readonly header: boolean;
  readonly columns: readonly ColumnDescription[];
}

/** How to look at a table. */
export interface DescribeOptions extends Pick<CsvOptions, "delimiter" | "header" | "comment" | "signal" | "name" | "malformed"> {
  /** The records to look at; 10,000 if left out. */
  readonly sampleRecords?: number;
}

/** Looks at the first records of a table; throws a DataError when there are none. */
export async function describeTable(source: ByteSource, options: DescribeOptions = {}): Promise<TableDescription> {
  const { sampleRecords = SAMPLE_RECORDS, ...reading } = options;
  const file = sourceName(source, options.name);
  let header = false;
  let records = 0;
  let complete = true;
  let tallies: ColumnTally[] = [];
  let names: readonly (string | undefined)[] = [];
  const columnsAsText: CsvOptions["columns"] = (head) => {
    header = head.names !== undefined;
    tallies = Array.from({ length: head.columns }, () => new ColumnTally());
    return tallies.map(() => "category");
  };
  // The texts of a batch are forgotten with it: of columns of numbers nearly every record has one of its own.
  for await (const { rows, codes, columns, lines } of readCsv(source, { ...reading, codes: "batch", columns: columnsAsText })) {
    if (records === sampleRecords) {
      complete = false;
      break;
    }
    const taken = Math.min(rows, sampleRecords - records);
    names = columns.map(({ name }) => name);
    tallies.forEach((tally, column) =>
      tally.add({ texts: columns[column].categories, codes, lines, column, width: columns.length, rows: taken }),
    );
    records += taken;
    complete = taken === rows;
    if (!complete) break;
  }
  if (records === 0) throw new DataError("the file holds no records; give a file with at least one", { file });
  return {
    file,
    records,
    complete,
    header,
    columns: tallies.map((tally, index) => ({
      index,
      ...(names[index] !== undefined && { name: names[index] }),
      ...tally.describe(records),
    })),
  };
}
