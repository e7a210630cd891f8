// A set that stays in its file: each pass reads it again, and gives it in batches.
import type { RandomStream } from "@downhill/random";
import { preprocessSamples, type Preprocessing } from "../columns/Preprocessing.ts";
import { DataError } from "../DataError.ts";
import type { Batch } from "../samples/batches.ts";
import type { SetCheck } from "../samples/checkData.ts";
import type { Samples } from "../samples/Samples.ts";
import { takeRows } from "../samples/takeRows.ts";
import type { BlockReader } from "./BlockReader.ts";
import { changed } from "./changed.ts";
import { RowBuffer, type Rows } from "./RowBuffer.ts";
import { RowShares, type RowShare } from "./RowShares.ts";
import { ShuffleBuffer } from "./ShuffleBuffer.ts";
import { rowsOf, setsOf } from "./surveyRows.ts";

/** Rows that a shuffle holds unless it is said otherwise: 65,536, or what 64 MiB have room for. */
const SHUFFLE_ROWS = 65_536;
const SHUFFLE_BYTES = 2 ** 26;
/** The longest typed array that every engine has. */
const MOST_VALUES = 2 ** 30;

/** How to go through the rows once. */
export interface PassOptions {
  /** The rows of a batch; the last one has those that are left. */
  readonly batchSize: number;
  /** In the file's order if left out. */
  readonly shuffle?: {
    /** Fixes the order; one for each epoch. */
    readonly stream: RandomStream;
    /** Rows that wait at a time, from which the next is drawn; 65,536 if left out, or as many as 64 MiB have room for. */
    readonly buffer?: number;
  };
  /** Batches to leave out at the start, to go on where a pass was stopped: the others are as they would have been. */
  readonly skip?: number;
}

/** Where the rows of a set come from. */
export interface StreamPart {
  readonly reader: BlockReader;
  readonly preprocessing: Preprocessing;
  readonly shares: readonly RowShare[];
  /** Which of the sets that the shares make. */
  readonly set: number;
  readonly check: SetCheck;
}

/** Rows that are read and preprocessed anew in each pass. Made by `streamSamples`. */
export class StreamedSamples {
  /** The number of rows. */
  readonly count: number;
  /** What the first pass found. */
  readonly check: SetCheck;
  readonly #part: StreamPart;
  // Taken once, and lent to one pass at a time.
  #spare: RowBuffer | undefined;

  constructor(part: StreamPart) {
    this.count = part.check.rows;
    this.check = part.check;
    this.#part = part;
  }

  /** How many rows a shuffle with a buffer of `wanted` rows (or of the size that is taken without a word) holds at a time. */
  bufferRows(wanted?: number): number {
    const most = Math.max(1, Math.min(SHUFFLE_ROWS, Math.floor(SHUFFLE_BYTES / 4 / this.#width)));
    return Math.min(this.count, wanted ?? most);
  }

  /** Bytes of a row in such a buffer. */
  get rowBytes(): number {
    return 4 * this.#width;
  }

  // Numbers of a row, its targets included.
  get #width(): number {
    const { inputs, target } = this.#part.preprocessing;
    return inputs + (target?.mean.length ?? 1);
  }

  /**
   * The rows in batches, each row once. The arrays are the same for all batches of a pass, and hold one until the next is asked for. Throws a DataError for
   * options that are no whole numbers, and when the file has changed since it was first read.
   */
  async *batches({ batchSize, shuffle, skip = 0 }: PassOptions): AsyncGenerator<Batch, void, undefined> {
    checkCount("batchSize", batchSize);
    if (shuffle?.buffer !== undefined) checkCount("the shuffle's buffer", shuffle.buffer);
    let batch: RowBuffer | undefined;
    let window: ShuffleBuffer | undefined;
    let held: RowBuffer | undefined;
    let waiting = skip;
    let rows = 0;
    const full = function* (out: RowBuffer): Generator<Batch, void, undefined> {
      if (waiting > 0) waiting -= 1;
      else yield asBatch(out);
      out.size = 0;
    };
    try {
      for await (const samples of this.#read()) {
        const from = rowsFrom(samples);
        batch ??= new RowBuffer(Math.min(batchSize, this.count), from);
        if (shuffle !== undefined && window === undefined) {
          held = this.#take(shuffle.buffer, from);
          window = new ShuffleBuffer(held, shuffle.stream);
        }
        rows += samples.count;
        if (rows > this.count) throw changed(this.#part.reader.file, `: it has more than the ${this.count} rows that it had`);
        for (let row = 0; row < samples.count; row += 1) {
          if (window === undefined) batch.push(from, row);
          else window.push(from, row, batch);
          if (batch.size === batch.capacity) yield* full(batch);
        }
      }
      if (rows < this.count || batch === undefined) throw changed(this.#part.reader.file, `: it has ${rows} rows instead of ${this.count}`);
      for (const place of window?.rest() ?? []) {
        window?.pass(place, batch);
        if (batch.size === batch.capacity) yield* full(batch);
      }
      if (batch.size > 0) yield* full(batch);
    } finally {
      this.#spare ??= held;
    }
  }

  // The set's rows of each block, as training sees them.
  async *#read(): AsyncGenerator<Samples, void, undefined> {
    const { reader, preprocessing, shares, set } = this.#part;
    const { classes } = preprocessing;
    const draws = new RowShares(shares);
    for await (const block of reader.read(classes)) {
      const rows = rowsOf(setsOf(block.features, draws), set);
      if (rows.length === 0) continue;
      const samples = { ...block.features, targets: reader.targetsOf(block, classes) };
      yield preprocessSamples(preprocessing, rows.length === samples.count ? samples : takeRows(samples, rows));
    }
  }

  #take(wanted: number | undefined, like: Rows): RowBuffer {
    const capacity = this.bufferRows(wanted);
    if (capacity * this.#width > MOST_VALUES) {
      throw new DataError(`a shuffle's buffer of ${capacity} rows of ${this.#width} numbers is too large; give a smaller one`);
    }
    const spare = this.#spare;
    this.#spare = undefined;
    return spare?.capacity === capacity ? spare : new RowBuffer(capacity, like);
  }
}

function rowsFrom({ inputs, features, targets }: Samples): Rows {
  return targets.kind === "classes"
    ? { inputs, outputs: 1, features, targets: targets.indices }
    : { inputs, outputs: targets.outputs, features, targets: targets.values };
}

function asBatch({ size, inputs, outputs, features, targets }: RowBuffer): Batch {
  return { features: features.subarray(0, size * inputs), targets: targets.subarray(0, size * outputs), size };
}

function checkCount(what: string, count: number): void {
  if (Number.isSafeInteger(count) && count >= 1) return;
  throw new DataError(`batches: ${what} is ${count}; it must be a whole number from 1`);
}
