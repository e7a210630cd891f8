// Reading in tests: any bytes, cut anywhere, all columns as text or as numbers.
import { readBatches } from "../../src/csv/readBatches.ts";
import { readCsv, type ByteSource, type CsvOptions } from "../../src/index.ts";
import type { ReferenceRecord } from "./referenceCsv.ts";

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The bytes in chunks that end at the given offsets. */
export async function* cut(bytes: Uint8Array, ...offsets: number[]): AsyncGenerator<Uint8Array, void, undefined> {
  let start = 0;
  for (const end of [...offsets.toSorted((a, b) => a - b), bytes.length]) {
    // A copy, as from a socket: nothing behind the chunk's end can be read by mistake.
    if (end > start) yield bytes.slice(start, end);
    start = Math.max(start, end);
  }
}

/** The bytes in chunks of one size. */
export function chunksOf(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  return cut(bytes, ...Array.from({ length: Math.floor(bytes.length / size) }, (_, index) => (index + 1) * size));
}

/** All records, every column as text. */
export async function readTexts(source: ByteSource, options: CsvOptions = {}): Promise<ReferenceRecord[]> {
  const records: ReferenceRecord[] = [];
  const columns: CsvOptions["columns"] = (head) => Array.from({ length: head.columns }, () => "category");
  for await (const batch of readCsv(source, { columns, ...options })) {
    for (let row = 0; row < batch.rows; row += 1) {
      const fields = batch.columns.map(({ categories }, column) => categories[batch.codes[row * batch.columns.length + column]]);
      records.push({ line: batch.lines[row], fields });
    }
  }
  return records;
}

/** All records, every column as numbers; by the kernel where it can, or without one. */
export async function readNumbers(source: ByteSource, options: CsvOptions = {}, way: "kernel" | "general" = "kernel"): Promise<number[][]> {
  const rows: number[][] = [];
  for await (const { values, columns } of readBatches(source, options, way === "kernel" ? 0 : Number.POSITIVE_INFINITY)) {
    for (let start = 0; start < values.length; start += columns.length)
      rows.push(Array.from(values.subarray(start, start + columns.length)));
  }
  return rows;
}

/** The error that a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Error) return outcome;
  throw new Error("expected an error, but there was none");
}

/** The message that reading a text as numbers fails with. */
export async function messageOf(text: string, options: CsvOptions = {}): Promise<string> {
  return (await errorOf(readNumbers(bytesOf(text), { name: "t.csv", ...options }))).message;
}
