// The memory of a process that reads: no more for a large file than for a small one, and no more for the tenth than for the first.
import { execFile } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { afterAll, expect, it } from "vitest";
import { bytesOf } from "./support/read.ts";
import { randomIntegers } from "./support/numericDocuments.ts";

const PROGRAM = fileURLToPath(new URL("support/readAgain.mjs", import.meta.url));
const COLUMNS = 785;
const BLOCK_ROWS = 500;
const BLOCKS = 70;
const TIMES = 10;
const LIMIT_BYTES = 120e6;

const folder = mkdtempSync(join(tmpdir(), "downhill-memory-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** About 60 MB of text as images have it, from one block again and again; of gzip the blocks are members. */
function writeFile(name: string, encode: (block: Uint8Array) => Uint8Array): string {
  const draw = randomIntegers(7);
  const pixel = (): number => (draw(5) === 0 ? draw(256) : 0);
  const row = (): string => Array.from({ length: COLUMNS }, pixel).join(",");
  const block = encode(bytesOf(Array.from({ length: BLOCK_ROWS }, () => `${row()}\n`).join("")));
  const path = join(folder, name);
  const file = openSync(path, "w");
  for (let count = 0; count < BLOCKS; count += 1) writeSync(file, block);
  closeSync(file);
  return path;
}

it.each([
  ["a file", "a.csv", (block: Uint8Array) => block],
  ["a gzip file", "a.csv.gz", (block: Uint8Array) => gzipSync(block, { level: 1 })],
])("stays under 120 MB when %s is read ten times", async (_, name, encode) => {
  const path = writeFile(name, encode);
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, path, String(TIMES)]);
  const { rows, peakBytes } = JSON.parse(stdout) as { rows: number; peakBytes: number };
  expect(rows).toBe(TIMES * BLOCKS * BLOCK_ROWS);
  expect(peakBytes).toBeLessThan(LIMIT_BYTES);
});
