// What programs that read CSV have in common, ours too: the batch that rows are read into, the sum over the bits of all
// numbers, and reading a file again and again within a turn. Each is started with the folder of inputs and the number of columns.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Rows of a batch. */
export const BATCH_ROWS = 4096;
/** Bytes asked of a file at a time, where a program reads it by itself; the module's functions take so many. */
export const CHUNK_BYTES = 128 * 1024;

let loaded;

/** The functions and the memory of the bench's own WebAssembly module, one in a process: its memory is no reader's. */
export function loadScan(folder) {
  loaded ??= new WebAssembly.Instance(new WebAssembly.Module(readFileSync(join(folder, "scan.wasm")))).exports;
  return loaded;
}

/** A sum over the bits of f32 as whole numbers, modulo 2^32, in WebAssembly: a small part of what any parser takes. */
export class Checksum {
  value = 0;
  #scan;
  #words;

  constructor(folder) {
    this.#scan = loadScan(folder);
    this.#words = new Float32Array(this.#scan.memory.buffer, 0, CHUNK_BYTES / 4);
  }

  add(values) {
    const words = this.#words;
    for (let start = 0; start < values.length; start += words.length) {
      const piece = values.length <= words.length ? values : values.subarray(start, start + words.length);
      words.set(piece);
      // The module goes on to a multiple of 16 words.
      if (piece.length % 16 !== 0) words.fill(0, piece.length, piece.length + 16);
      this.value = (this.value + this.#scan.sum(4 * piece.length)) >>> 0;
    }
  }
}

/** One batch, `[4096 × columns]`, that rows of text are read into and that is summed up whenever it is full. */
export class Batch {
  rows = 0;
  #checksum;
  #values;
  #end = 0;

  constructor(folder, columns) {
    this.#checksum = new Checksum(folder);
    this.#values = new Float32Array(BATCH_ROWS * columns);
  }

  /** Takes a row of strings. */
  add(row) {
    const values = this.#values;
    let end = this.#end;
    for (let column = 0; column < row.length; column += 1) {
      values[end] = +row[column];
      end += 1;
    }
    this.#end = end;
    this.rows += 1;
    if (end === values.length) this.#flush();
  }

  /** What was read. */
  finish() {
    this.#flush();
    return { rows: this.rows, checksum: this.#checksum.value };
  }

  #flush() {
    this.#checksum.add(this.#values.subarray(0, this.#end));
    this.#end = 0;
  }
}

/** The answer to requests, by a function that reads a whole file and resolves with what it found. */
export function answerWith(read) {
  return async ({ file, milliseconds }) => {
    let [reads, elapsed, found] = [0, 0, {}];
    const start = performance.now();
    while (elapsed < milliseconds) {
      found = await read(file);
      reads += 1;
      elapsed = performance.now() - start;
    }
    return { milliseconds: elapsed / reads, found, peakBytes: 1024 * process.resourceUsage().maxRSS };
  };
}

/** `name version`, as an installed package says of itself. */
export function versionOf(installation, name) {
  return `${name} ${JSON.parse(readFileSync(join(installation, "node_modules", name, "package.json"), "utf8")).version}`;
}
