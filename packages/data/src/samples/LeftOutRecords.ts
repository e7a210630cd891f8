// Malformed records that are left out of a file while it is read table by table: how many may be, and the numbers of those that stay.
import { mostLeftOut } from "../csv/malformedRecord.ts";
import type { MalformedPolicy } from "../csv/readCsv.ts";
import type { DataError } from "../DataError.ts";
import { takeTableRows, type LeftOut } from "./leftOut.ts";
import type { Table } from "./readTable.ts";
import { recordNumber } from "./RowPlaces.ts";

/** Counts them over one pass. */
export class LeftOutRecords {
  readonly #file: string;
  readonly #records: number[] = [];
  #first = { record: Number.POSITIVE_INFINITY, message: "" };
  readonly #limit: number;
  // The number of the next record that is not left out, and those of the next tables that are.
  #next = 1;
  #ahead: number[] = [];

  constructor(file: string, policy: MalformedPolicy | undefined) {
    this.#file = file;
    this.#limit = mostLeftOut(policy);
  }

  /** Whether any may be left out. */
  get tolerant(): boolean {
    return this.#limit > 0;
  }

  /** What was left out so far; undefined when nothing was. */
  get result(): LeftOut | undefined {
    if (this.#records.length === 0) return undefined;
    return { file: this.#file, records: this.#records.toSorted((a, b) => a - b), first: this.#first.message };
  }

  /** Takes a record that the reader leaves out. Throws its error where it is one too many. */
  readonly skip = (error: DataError): void => {
    this.#count(error);
    this.#ahead.push(error.record ?? 0);
  };

  /** The numbers of the next `count` records that the reader gives. */
  number(count: number): Uint32Array {
    let passed = 0;
    const numbers = Uint32Array.from({ length: count }, () => {
      while (this.#ahead[passed] === this.#next) {
        passed += 1;
        this.#next += 1;
      }
      this.#next += 1;
      return this.#next - 1;
    });
    this.#ahead = this.#ahead.slice(passed);
    return numbers;
  }

  /** The table without its faulty rows. Throws the error of one too many. */
  without(table: Table, faults: ReadonlyMap<number, DataError>): Table {
    if (faults.size === 0) return table;
    const rows = Array.from({ length: table.count }, (_, row) => row);
    for (const row of rows) {
      const error = faults.get(row);
      if (error !== undefined) this.#count(error, recordNumber(table, row));
    }
    return takeTableRows(table, Uint32Array.from(rows.filter((row) => !faults.has(row))));
  }

  #count(error: DataError, record = error.record ?? 0): void {
    if (this.#records.length === this.#limit) throw error;
    if (record < this.#first.record) this.#first = { record, message: error.message };
    this.#records.push(record);
  }
}
