// The way of a CSV file: bytes → window → head (once) → records → batches, pulled by the consumer.
import { sourceName, type ByteSource } from "../bytes/ByteSource.ts";
import { openBytes } from "../bytes/openBytes.ts";
import { csvModule } from "../csvModule.ts";
import { DataError } from "../DataError.ts";
import { ByteWindow } from "./ByteWindow.ts";
import { CARRIAGE_RETURN, LINE_FEED } from "./characters.ts";
import type { ColumnKind } from "./CsvColumn.ts";
import { readHead, type Top } from "./head.ts";
import type { CsvBatch, CsvOptions } from "./readCsv.ts";
import { mostLeftOut } from "./malformedRecord.ts";
import { MAX_RECORD_BYTES, recordTooLong } from "./recordErrors.ts";
import { RecordParser } from "./RecordParser.ts";

// A source that is one large chunk goes through the window in slices, so that it is not held twice.
const SLICE_BYTES = 128 * 1024;

// What is left of a chunk is parsed again with the next one, as long as it is no longer.
const SMALL_BYTES = 64 * 1024;

// By default a batch holds at most so many rows, and fewer when they are wide: 16 MB of values.
const BATCH_ROWS = 4096;
const BATCH_VALUES = 2 ** 22;

/** The batches of `readCsv`; the kernel is used for what comes after the first `kernelFrom` bytes. */
export async function* readBatches(source: ByteSource, options: CsvOptions, kernelFrom: number): AsyncGenerator<CsvBatch, void, undefined> {
  checkOptions(options);
  const file = sourceName(source, options.name);
  const window = new ByteWindow();
  let parser: RecordParser | undefined;
  const top: Top = { begun: false, line: 1 };
  let received = 0;
  // What a large unfinished record was parsed at in vain: it is tried again when twice as much has come, so that it isn't scanned by each chunk.
  let tried = 0;
  for await (const slice of slices(openBytes(source, options))) {
    options.signal?.throwIfAborted();
    const final = slice === undefined;
    if (slice) window.append(slice);
    received += slice?.length ?? 0;
    // A slice without a line's end in it can't complete a record. The head takes two of them.
    const tooLong = window.length > (parser ? 1 : 2) * MAX_RECORD_BYTES;
    if (slice && !tooLong && !slice.includes(LINE_FEED) && !slice.includes(CARRIAGE_RETURN)) continue;
    if (!final && !tooLong && tried > SMALL_BYTES && window.length < 2 * tried) continue;
    parser ??= startParser(file, window, top, final, options);
    if (parser?.suitsKernel && received >= kernelFrom) {
      const module = await csvModule();
      if (module) parser.useKernel(module, window);
    }
    while (parser?.parse(window, final)) {
      yield takeBatch(parser);
      options.signal?.throwIfAborted();
      if (options.codes === "batch") parser.forgetCodes();
    }
    tried = window.length;
    if (!parser && tried > 2 * MAX_RECORD_BYTES) throw recordTooLong({ file });
  }
  if (parser && parser.rows > 0) yield takeBatch(parser);
  // Not where a consumer has left early: it may keep its batch.
  parser?.release();
}

function checkOptions({ delimiter, comment, batchRows, malformed }: CsvOptions): void {
  if (delimiter !== undefined && !/^[^"\r\n\0\u0080-\uffff]$/.test(delimiter)) {
    throw new DataError(`readCsv: the delimiter is ${JSON.stringify(delimiter)}; it must be one ASCII character, no quote and no newline`);
  }
  if (comment !== undefined && (!/^[^"\r\n\0\s\w.+\u0080-\uffff-]$/.test(comment) || comment === delimiter)) {
    const what = "it must be one ASCII character that is neither a letter, a digit, part of a number, a quote, a space nor the delimiter";
    throw new DataError(`readCsv: the comment is ${JSON.stringify(comment)}; ${what}`);
  }
  if (batchRows !== undefined && !(Number.isSafeInteger(batchRows) && batchRows >= 1)) {
    throw new DataError(`readCsv: batchRows is ${batchRows}; it must be a whole number from 1`);
  }
  const known = malformed === undefined || malformed === "fail" || malformed === "skip";
  if (!known && !(Number.isSafeInteger(malformed?.limit) && malformed.limit >= 0)) {
    throw new DataError(`readCsv: malformed is ${JSON.stringify(malformed)}; it must be "fail", "skip" or { limit: a whole number }`);
  }
}

// The chunks in slices, and then an undefined for the end.
async function* slices(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | undefined, void, undefined> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += SLICE_BYTES) yield chunk.subarray(start, start + SLICE_BYTES);
  }
  yield undefined;
}

function startParser(file: string, window: ByteWindow, top: Top, final: boolean, options: CsvOptions): RecordParser | undefined {
  const limit = mostLeftOut(options.malformed);
  const head = readHead(file, window, top, final, { ...options, tolerant: limit > 0 });
  if (!head) return undefined;
  window.start = head.dataStart;
  const kinds = options.columns?.(head) ?? Array.from({ length: head.columns }, (): ColumnKind => "number");
  if (kinds.length !== head.columns) {
    const what = `the columns option gives ${kinds.length} kinds, but the file has ${head.columns} columns; give one for each`;
    throw new DataError(what, { file });
  }
  const batchRows = options.batchRows ?? Math.max(1, Math.min(BATCH_ROWS, Math.floor(BATCH_VALUES / head.columns)));
  return new RecordParser(file, head, kinds, batchRows, { limit, report: options.onMalformed });
}

function takeBatch(parser: RecordParser): CsvBatch {
  const { rows, values, codes, lines, columns, skipped } = parser;
  const perRow = (array: { readonly length: number }): number => (array.length / lines.length) * rows;
  parser.rows = 0;
  return {
    rows,
    values: values.subarray(0, perRow(values)),
    codes: codes.subarray(0, perRow(codes)),
    lines: lines.subarray(0, rows),
    columns,
    skipped,
  };
}
