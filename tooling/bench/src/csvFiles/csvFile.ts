// A table's file in the cache, written when a bench first needs it, beside what there is in it.
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { CACHE_FOLDER } from "../cacheFolder.ts";
import { type CsvFacts, TableText } from "./TableText.ts";
import type { Table } from "./tables.ts";

/** Counted up when the tables or the facts change: files of older versions are not used. */
const VERSION = 1;
const PIECE_BYTES = 2 ** 20;

/** A file that is ready to be read. */
export interface CsvFile {
  readonly path: string;
  readonly facts: CsvFacts;
}

/** The file of so many rows of a table, compressed or not, written now if it is not in the `cache`. */
export async function csvFile(
  name: string,
  table: Table,
  rows: number,
  { gzip = false, cache = join(CACHE_FOLDER, "csv") }: { readonly gzip?: boolean; readonly cache?: string } = {},
): Promise<CsvFile> {
  const path = join(cache, `${name}-${rows}x${table.columns}-v${VERSION}.csv${gzip ? ".gz" : ""}`);
  const factsPath = `${path}.json`;
  // The facts come last: where they are, the file is whole.
  if (existsSync(path) && existsSync(factsPath)) return { path, facts: JSON.parse(await readFile(factsPath, "utf8")) as CsvFacts };
  await mkdir(cache, { recursive: true });
  const partial = `${path}.${process.pid}`;
  try {
    const text = new TableText();
    const file = await open(partial, "w");
    const pieces = Readable.from(piecesOf(text, table, rows));
    await (gzip ? pipeline(pieces, createGzip(), file.createWriteStream()) : pipeline(pieces, file.createWriteStream()));
    await writeFile(`${partial}.json`, JSON.stringify(text.facts));
    await rename(partial, path);
    await rename(`${partial}.json`, factsPath);
    return { path, facts: text.facts };
  } finally {
    await Promise.all([partial, `${partial}.json`].map((left) => rm(left, { force: true })));
  }
}

/** Reads a file and forgets it: from then on it is in the system's cache, for everyone. */
export async function readThrough(path: string): Promise<void> {
  for await (const _ of createReadStream(path));
}

// Each piece is a copy: the stream holds several at a time.
function* piecesOf(text: TableText, table: Table, rows: number): Generator<Uint8Array> {
  const writeRow = table.rows();
  for (let row = 0; row < rows; row += 1) {
    writeRow(text);
    if (text.length >= PIECE_BYTES) yield text.take().slice();
  }
  yield text.take().slice();
}
