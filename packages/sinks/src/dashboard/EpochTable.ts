// The epochs of a run as plain numbers, for pages that are opened late or come back: 112 bytes an epoch, so a million of
// them take 112 MB.
import { type EpochNumbers, type EpochRow, FIELDS } from "./page/epochRow.ts";

const BLOCK = 4096;
// Beside the fields: the event's sequence, and which of the fields it has, a bit each.
const [SEQUENCE, PRESENT, FIRST] = [0, 1, 2];
const WIDTH = FIRST + FIELDS.length;

/** Epochs in the order of their sequence, in blocks that never move. */
export class EpochTable {
  readonly #blocks: Float64Array[] = [];
  #length = 0;

  /** The number of epochs. */
  get length(): number {
    return this.#length;
  }

  /** Adds an epoch whose sequence is above all others'. */
  push(sequence: number, numbers: EpochNumbers): void {
    if (this.#length % BLOCK === 0) this.#blocks.push(new Float64Array(BLOCK * WIDTH));
    const [block, start] = this.#place(this.#length);
    let present = 0;
    for (const [bit, field] of FIELDS.entries()) {
      const value = numbers[field];
      if (value === undefined) continue;
      present |= 1 << bit;
      block[start + FIRST + bit] = value;
    }
    block[start + SEQUENCE] = sequence;
    block[start + PRESENT] = present;
    this.#length += 1;
  }

  /** The sequence of the epoch at `index`, which is below `length`. */
  sequenceAt(index: number): number {
    const [block, start] = this.#place(index);
    return block[start + SEQUENCE];
  }

  /** The epoch at `index`, which is below `length`, as JSON carries it. */
  row(index: number): EpochRow {
    const [block, start] = this.#place(index);
    return FIELDS.map((_, bit) => {
      if ((block[start + PRESENT] & (1 << bit)) === 0) return null;
      const value = block[start + FIRST + bit];
      return Number.isFinite(value) ? value : String(value);
    });
  }

  /** The index of the first epoch whose sequence is above `sequence`; `length` where there is none. */
  firstAfter(sequence: number): number {
    let [low, high] = [0, this.#length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.sequenceAt(middle) > sequence) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #place(index: number): readonly [block: Float64Array, start: number] {
    return [this.#blocks[Math.floor(index / BLOCK)], (index % BLOCK) * WIDTH];
  }
}
