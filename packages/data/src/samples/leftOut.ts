// Malformed records that the policy leaves out of a table: the rows that stay keep the numbers of their records, so that messages
// name the right one and, in a pair of files, a record goes together with its partner.
import { mostLeftOut } from "../csv/malformedRecord.ts";
import type { MalformedPolicy } from "../csv/readCsv.ts";
import { DataError } from "../DataError.ts";
import type { Table } from "./readTable.ts";
import { recordNumber } from "./RowPlaces.ts";

/** What was left out of a file. */
export interface LeftOut {
  readonly file: string;
  /** The numbers of the records, from 1, in their order. */
  readonly records: readonly number[];
  /** The message of the first, with its place. */
  readonly first: string;
}

/** The table without its faulty rows, too. Throws the error of the first that is one more than the policy leaves out. */
export function leaveOutRows(table: Table, faults: ReadonlyMap<number, DataError>, policy: MalformedPolicy | undefined): Table {
  if (faults.size === 0) return table;
  const { file, leftOut } = table;
  const faulty = [...faults].toSorted(([a], [b]) => a - b);
  const beyond = faulty[mostLeftOut(policy) - (leftOut?.records.length ?? 0)];
  if (beyond !== undefined) throw beyond[1];
  const found = faulty.map(([row]) => recordNumber(table, row));
  const isFirst = leftOut === undefined || found[0] < leftOut.records[0];
  const records = [...(leftOut?.records ?? []), ...found].toSorted((a, b) => a - b);
  const kept = Uint32Array.from({ length: table.count }, (_, row) => row).filter((row) => !faults.has(row));
  const first = isFirst ? faulty[0][1].message : leftOut.first;
  if (kept.length === 0) throw allLeftOut(file, first);
  return { ...takeTableRows(table, kept), leftOut: { file, records, first } };
}

/** That the policy leaves no record of a file. */
export function allLeftOut(file: string, first: string): DataError {
  return new DataError(`every record is malformed and left out, the first: ${first}`, { file });
}

/** The rows of `table` whose record was left out of neither file; undefined when all of them are to stay. */
export function pairedRows(table: Table, other: LeftOut | undefined): Uint32Array | undefined {
  if (other === undefined) return undefined;
  const gone = new Set(other.records);
  return Uint32Array.from({ length: table.count }, (_, row) => row).filter((row) => !gone.has(recordNumber(table, row)));
}

/** These rows of a table, in a table of their own; of the categories, those that are in them. */
export function takeTableRows(table: Table, rows: Uint32Array): Table {
  const { count, values, codes, lines } = table;
  const wide = (width: number): Uint32Array =>
    Uint32Array.from({ length: rows.length * width }, (_, at) => rows[Math.floor(at / width)] * width + (at % width));
  const numbers = wide(values.length / count);
  const categories = table.columns.filter(({ kind }) => kind === "category").length;
  const texts = table.columns.map((): string[] => []);
  const kept = Int32Array.from(wide(categories), (at) => codes[at]);
  let place = 0;
  table.columns.forEach((column, index) => {
    if (column.kind !== "category") return;
    const places = new Map<number, number>();
    for (let at = place; at < kept.length; at += categories) {
      const code = places.get(kept[at]) ?? texts[index].push(column.categories[kept[at]]) - 1;
      places.set(kept[at], code);
      kept[at] = code;
    }
    place += 1;
  });
  return {
    ...table,
    count: rows.length,
    columns: table.columns.map((column, index) => ({ ...column, categories: texts[index] })),
    values: Float32Array.from(numbers, (at) => values[at]),
    codes: kept,
    lines: Uint32Array.from(rows, (row) => lines[row]),
    records: Uint32Array.from(rows, (row) => recordNumber(table, row)),
  };
}

/** What was left out of any of the tables, as the samples made of them carry it. */
export function leftOutOf(...tables: readonly Table[]): { readonly leftOut?: readonly LeftOut[] } {
  const leftOut = tables.flatMap((table) => table.leftOut ?? []);
  return leftOut.length === 0 ? {} : { leftOut };
}
