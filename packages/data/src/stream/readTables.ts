// A CSV file as a sequence of small tables. The codes of categories hold for one of them only: what a file holds of different texts has no bound.
import type { ByteSource } from "../bytes/ByteSource.ts";
import type { ColumnKind, CsvColumn } from "../csv/CsvColumn.ts";
import type { TableHead } from "../csv/head.ts";
import { readCsv, type CsvOptions } from "../csv/readCsv.ts";
import { DataError } from "../DataError.ts";
import type { Table } from "../samples/readTable.ts";
import type { LeftOutRecords } from "../samples/LeftOutRecords.ts";
import { changed } from "./changed.ts";

/** How a file is read, each time. */
export interface TableReading extends Pick<CsvOptions, "delimiter" | "header" | "comment" | "knownNames" | "malformed" | "signal"> {
  readonly name: string;
}

/** The file's head. Throws a DataError when it holds no record. */
export async function readHead(source: ByteSource, reading: TableReading): Promise<TableHead> {
  let found: TableHead | undefined;
  const columns: CsvOptions["columns"] = (head) => {
    found = head;
    return Array.from({ length: head.columns }, () => "skip");
  };
  for await (const { rows } of readCsv(source, { ...reading, columns, batchRows: 1 })) {
    if (rows > 0 && found !== undefined) return found;
  }
  throw new DataError("the file holds no records; give a file with at least one", { file: reading.name });
}

/** The number of the file's records. */
export async function countRecords(source: ByteSource, reading: TableReading): Promise<number> {
  let count = 0;
  const columns: CsvOptions["columns"] = (head) => Array.from({ length: head.columns }, () => "skip");
  for await (const { rows } of readCsv(source, { ...reading, columns })) count += rows;
  return count;
}

interface TableParts {
  readonly kinds: readonly ColumnKind[];
  readonly batchRows: number;
  /** Told what is left out, in this pass. */
  readonly leftOut: LeftOutRecords;
}

/** The file from its start, in tables of `batchRows` records, whose arrays hold them only until the next is asked for. */
export async function* readTables(
  source: ByteSource,
  { kinds, batchRows, leftOut, ...reading }: TableReading & TableParts,
): AsyncGenerator<Table, void, undefined> {
  const file = reading.name;
  const columnsOf = (head: TableHead): readonly ColumnKind[] => {
    if (head.columns !== kinds.length) throw changed(file);
    return kinds;
  };
  for await (const { rows, columns, values, codes, lines } of readCsv(source, {
    ...reading,
    columns: columnsOf,
    batchRows,
    codes: "batch",
    onMalformed: leftOut.skip,
  })) {
    yield { file, count: rows, records: leftOut.number(rows), columns, values, codes, lines };
  }
}

/** The file without its records. */
export function emptyTable(file: string, { names }: TableHead, kinds: readonly ColumnKind[]): Table {
  const columns = kinds.map((kind, index): CsvColumn => ({ index, name: names?.[index], kind, categories: [] }));
  return { file, count: 0, columns, values: new Float32Array(0), codes: new Int32Array(0), lines: new Uint32Array(0) };
}
