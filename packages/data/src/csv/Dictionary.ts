// A category column's texts and their codes. Most fields repeat one that came shortly before: the bytes of some are kept,
// so that these are known again without being made a string.
import { fieldText, type RecordSite } from "./RecordSite.ts";

const SLOTS = 256;
// Longer fields are not kept.
const SLOT_BYTES = 32;
const EMPTY = -1;
// 2^32 over the golden ratio: the upper bits of a product with it depend on all bits.
const MULTIPLIER = 0x9e37_79b1;

/** The distinct texts of a category column, numbered in order of appearance. */
export class Dictionary {
  /** The text of code c is texts[c]. */
  readonly texts: string[] = [];
  readonly #codes = new Map<string, number>();
  // A slot holds the last field, quotes and all, whose hash is its number.
  readonly #keptBytes = new Uint8Array(SLOTS * SLOT_BYTES);
  readonly #keptLengths = new Uint8Array(SLOTS);
  readonly #keptCodes = new Int32Array(SLOTS).fill(EMPTY);

  /** The code of the text of the field in [start, end), a new one at its first appearance; throws a DataError when it is not UTF-8. */
  code(site: RecordSite, start: number, end: number): number {
    const { bytes } = site;
    const length = end - start;
    if (length > SLOT_BYTES) return this.#codeOf(fieldText(site, start, end));
    const slot = hash(bytes, start, end);
    if (this.#keptCodes[slot] !== EMPTY && this.#keptLengths[slot] === length && this.#isKept(slot, bytes, start, end)) {
      return this.#keptCodes[slot];
    }
    const code = this.#codeOf(fieldText(site, start, end));
    this.#keptBytes.set(bytes.subarray(start, end), slot * SLOT_BYTES);
    this.#keptLengths[slot] = length;
    this.#keptCodes[slot] = code;
    return code;
  }

  /** Forgets all codes from `count` on. */
  shrink(count: number): void {
    if (this.texts.length === count) return;
    for (const text of this.texts.splice(count)) this.#codes.delete(text);
    this.#keptCodes.fill(EMPTY);
  }

  #codeOf(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.texts.push(text) - 1;
    this.#codes.set(text, code);
    return code;
  }

  #isKept(slot: number, bytes: Uint8Array, start: number, end: number): boolean {
    const kept = this.#keptBytes;
    const offset = slot * SLOT_BYTES - start;
    for (let at = start; at < end; at += 1) {
      if (bytes[at] !== kept[offset + at]) return false;
    }
    return true;
  }
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  let mixed = 0;
  for (let at = start; at < end; at += 1) mixed = Math.imul((mixed >>> 15) ^ mixed ^ bytes[at], MULTIPLIER);
  return mixed >>> 24;
}
