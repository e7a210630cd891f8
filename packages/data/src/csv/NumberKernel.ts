// The quick way of the reader: records of plain numbers, converted in WebAssembly. It takes whole records, stops at the first
// that has anything else in it, and leaves that to the RecordParser; so it never decides what is an error.
import type { ByteWindow } from "./ByteWindow.ts";
import { POWERS_OF_TEN } from "./parseNumber.ts";
import { MAX_RECORD_BYTES } from "./recordErrors.ts";

const PAGE_BYTES = 65_536;

// The kernel reads blocks of 64 bytes, the last one beyond the text's end, and up to 17 bytes before a field's end.
const MARGIN_BYTES = 64;

// Larger batches than 1 GiB stay on the heap, so that the text behind them has room to grow.
const MAX_BATCH_BYTES = 2 ** 30;

// After records that the kernel can't take it is not asked again for 1, 3, 7 … records.
const LONGEST_PAUSE = 63;

interface KernelExports extends WebAssembly.Exports {
  readonly heapBase: WebAssembly.Global<"i32">;
  readonly stoppedAt: WebAssembly.Global<"i32">;
  parseRecords(start: number, end: number, values: number, rows: number, columns: number, delimiter: number, powers: number): number;
}

/** Whether the kernel can be used: numbers must not be writable with the delimiter, and a batch of so many must not be too large. */
export function suitsKernel(delimiter: number, batchValues: number): boolean {
  return !/[0-9+\-.e]/i.test(String.fromCharCode(delimiter)) && batchValues * 4 <= MAX_BATCH_BYTES;
}

// What a reading that has ended leaves to the next one: the garbage collector learns of such memory late, and file after file would
// take as much again. A batch of the default size fits.
let spare: Instance | undefined;
const MAX_SPARE_BYTES = 2 ** 25;

interface Instance {
  readonly memory: WebAssembly.Memory;
  readonly exports: KernelExports;
}

function takeInstance(module: WebAssembly.Module): Instance {
  const left = spare;
  spare = undefined;
  if (left) return left;
  const memory = new WebAssembly.Memory({ initial: 1 });
  return { memory, exports: new WebAssembly.Instance(module, { env: { memory } }).exports as KernelExports };
}

/** One instance with a memory of its own: a batch of values, and behind it the text of a ByteWindow. */
export class NumberKernel {
  /** [rows × columns], row-major; another view of the same memory after the text has grown. */
  values: Float32Array;

  readonly #columns: number;
  readonly #delimiter: number;
  readonly #instance: Instance;
  readonly #powersAt: number;
  readonly #valuesAt: number;
  readonly #textAt: number;
  #pause = 0;
  #lastPause = 0;

  constructor(module: WebAssembly.Module, batchRows: number, columns: number, delimiter: number) {
    this.#columns = columns;
    this.#delimiter = delimiter;
    this.#instance = takeInstance(module);
    this.#powersAt = Math.ceil(this.#instance.exports.heapBase.value / 16) * 16;
    this.#valuesAt = this.#powersAt + Math.ceil(POWERS_OF_TEN.byteLength / 16) * 16;
    this.#textAt = this.#valuesAt + Math.ceil((batchRows * columns) / 16) * 64 + MARGIN_BYTES;
    this.#reserve(this.#textAt);
    this.values = this.#view(batchRows * columns);
    new Float64Array(this.#instance.memory.buffer, this.#powersAt, POWERS_OF_TEN.length).set(POWERS_OF_TEN);
  }

  /** The memory for the text; an `Enlarge` for a ByteWindow. */
  enlargeText(size: number): Uint8Array {
    const { length } = this.values;
    this.#reserve(this.#textAt + size + MARGIN_BYTES);
    this.values = this.#view(length);
    return new Uint8Array(this.#instance.memory.buffer, this.#textAt, size);
  }

  /** Takes records from the window's start into rows [row, rows) as far as it can; the number of records taken. */
  parse(window: ByteWindow, row: number, rows: number): number {
    if (this.#pause > 0) {
      this.#pause -= 1;
      return 0;
    }
    // A record longer than allowed could only be in a window longer than that.
    if (window.length > MAX_RECORD_BYTES) return 0;
    const { start, end } = window;
    const valuesAt = this.#valuesAt + row * this.#columns * 4;
    const { parseRecords, stoppedAt } = this.#instance.exports;
    const taken = parseRecords(
      this.#textAt + start,
      this.#textAt + end,
      valuesAt,
      rows - row,
      this.#columns,
      this.#delimiter,
      this.#powersAt,
    );
    window.start = stoppedAt.value - this.#textAt;
    this.#lastPause = taken > 0 ? 0 : Math.min(2 * this.#lastPause + 1, LONGEST_PAUSE);
    this.#pause = this.#lastPause;
    return taken;
  }

  /** Leaves the memory to another reading: nothing may refer to the batch or the text any more. */
  release(): void {
    if (this.#instance.memory.buffer.byteLength <= MAX_SPARE_BYTES) spare = this.#instance;
  }

  #reserve(bytes: number): void {
    const missing = bytes - this.#instance.memory.buffer.byteLength;
    if (missing > 0) this.#instance.memory.grow(Math.ceil(missing / PAGE_BYTES));
  }

  #view(length: number): Float32Array {
    return new Float32Array(this.#instance.memory.buffer, this.#valuesAt, length);
  }
}
