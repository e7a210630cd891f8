// What is counted of one column while its records go by: of numbers all, of other texts only so many that the memory stays small.
import { parseNumber } from "../csv/parseNumber.ts";
import type { ColumnDescription } from "./describeTable.ts";
import { inferType, numberOf } from "./inferType.ts";
import { isMissing } from "./missing.ts";

/** More different texts than this are not told apart: a column of so many is none of categories. */
const MOST_TEXTS = 10_000;
const EXAMPLES = 5;
/** Longer texts are seldom numbers. */
const SHORT = 32;

/** Some consecutive records as the reader gives them, and the column to look at. */
export interface TallyPart {
  /** The column's texts by code, numbered in order of appearance. */
  readonly texts: readonly string[];
  /** [rows × width], row-major. */
  readonly codes: Int32Array;
  readonly lines: Uint32Array;
  readonly column: number;
  readonly width: number;
  readonly rows: number;
}

/** The counts of one column. */
export class ColumnTally {
  #missing = 0;
  #firstMissingLine: number | undefined;
  /** The different values that are present, trimmed, up to MOST_TEXTS of them. */
  readonly #texts = new Set<string>();
  /** The first different ones as the file has them, those that are no numbers and those that are. */
  readonly #words = new Set<string>();
  readonly #numerals = new Set<string>();
  /** Numbers as exactly as f64 has them, each at least once; none from the first text on that is no number. */
  #numbers: number[] | undefined = [];
  #integers = true;
  #minimum = Number.POSITIVE_INFINITY;
  #maximum = Number.NEGATIVE_INFINITY;

  /** Adds the column's fields in some records. */
  add({ texts, codes, lines, column, width, rows }: TallyPart): void {
    const missing: boolean[] = [];
    for (let row = 0, at = column; row < rows; row += 1, at += width) {
      const code = codes[at];
      if (code === missing.length) missing.push(this.#addText(texts[code]));
      if (!missing[code]) continue;
      this.#missing += 1;
      this.#firstMissingLine ??= lines[row];
    }
  }

  /** What was found in the column's `records`. */
  describe(records: number): Omit<ColumnDescription, "index" | "name"> {
    const gaps = {
      missing: this.#missing,
      ...(this.#firstMissingLine !== undefined && { firstMissingLine: this.#firstMissingLine }),
    };
    const numbers = this.#numbers ?? [];
    if (numbers.length === 0) {
      // A word may have come when there were texts enough.
      const type = inferType([...this.#texts, ...this.#words], records - this.#missing);
      return { type, ...gaps, distinct: this.#texts.size, examples: [...this.#words, ...this.#numerals].slice(0, EXAMPLES) };
    }
    const { exact, rounded } = countDifferent(numbers);
    return {
      type: this.#integers ? "integer" : "number",
      ...gaps,
      distinct: exact,
      ...(rounded < exact && { distinctF32: rounded }),
      minimum: this.#minimum,
      maximum: this.#maximum,
      examples: [...this.#numerals],
    };
  }

  // Whether it stands for a missing value.
  #addText(text: string): boolean {
    const number = numberIn(text);
    if (number === undefined || Number.isNaN(number)) {
      if (isMissing(text)) return true;
      if (this.#words.size < EXAMPLES) this.#words.add(text);
      this.#numbers = undefined;
    } else {
      if (this.#numerals.size < EXAMPLES) this.#numerals.add(text);
      if (this.#numbers !== undefined) this.#addNumber(text, number);
    }
    if (this.#texts.size < MOST_TEXTS) this.#texts.add(text.trim());
    return false;
  }

  #addNumber(text: string, number: number): void {
    const exact = Number(text);
    this.#numbers?.push(Number.isNaN(exact) ? number : exact);
    this.#integers &&= Number.isInteger(number);
    this.#minimum = Math.min(this.#minimum, number);
    this.#maximum = Math.max(this.#maximum, number);
  }
}

const encoder = new TextEncoder();
// A character is three bytes at most.
const scratch = new Uint8Array(3 * SHORT);

// The number that a text writes, as in a column of numbers.
function numberIn(text: string): number | undefined {
  return text.length > SHORT ? numberOf(text) : parseNumber(scratch, 0, encoder.encodeInto(text, scratch).written);
}

// Rounding keeps the order, so that one pass counts both.
function countDifferent(numbers: readonly number[]): { readonly exact: number; readonly rounded: number } {
  const sorted = Float64Array.from(numbers).toSorted();
  let exact = 1;
  let rounded = 1;
  for (let at = 1; at < sorted.length; at += 1) {
    if (sorted[at] === sorted[at - 1]) continue;
    exact += 1;
    if (Math.fround(sorted[at]) !== Math.fround(sorted[at - 1])) rounded += 1;
  }
  return { exact, rounded };
}
