// The hot loop: complete records in a ByteWindow → one batch of f32 values and category codes. A record that the
// bytes don't complete is left in the window and parsed again from its start when more have come, so chunks don't matter.
import { isMissing } from "../columns/missing.ts";
import { DataError } from "../DataError.ts";
import type { ByteWindow } from "./ByteWindow.ts";
import { QUOTE, isNewline } from "./characters.ts";
import { isNumeric, type ColumnKind, type CsvColumn } from "./CsvColumn.ts";
import { Dictionary } from "./Dictionary.ts";
import { INCOMPLETE, fieldEnd, fieldNumber, lineEnd, nextLine, nextRecord, splitRecord } from "./fields.ts";
import type { CsvHead } from "./head.ts";
import { malformedRecord } from "./malformedRecord.ts";
import { NumberKernel, suitsKernel } from "./NumberKernel.ts";
import { POWERS_OF_TEN } from "./parseNumber.ts";
import { MAX_RECORD_BYTES, noNumber, recordTooLong, wrongCount } from "./recordErrors.ts";
import { countNewlines, fieldText, type RecordSite } from "./RecordSite.ts";

// One more kind stands behind the last column, for the field that a record has too many.
const NUMBER = 0;
const CATEGORY = 1;
const SKIP = 2;
const SURPLUS = 3;
// A number where the delimiter is a digit, a dot or a minus, and so ends fields that a plain number would go on over.
const SPLIT_NUMBER = 4;

// Nine digits fit in an int32. And m / 10^k of nine digits is either the middle between two f32 or at least 2^-52 of itself
// away from it, so that rounding the quotient to f64 and then to f32 gives what rounding it at once would.
const FAST_DIGITS = 9;

// The module's own constants, not imported ones: engines fold them into the loop, which makes it a tenth faster.
const DOT = 46;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;

/** What becomes of malformed records: so many are left out, each is reported, with whether it is certain where it ended. */
export interface Malformed {
  readonly limit: number;
  readonly report: ((error: DataError, endKnown: boolean) => void) | undefined;
}

/** Parses records into arrays of its own, which hold one batch at a time. */
export class RecordParser implements RecordSite {
  readonly file: string;
  readonly columns: readonly CsvColumn[];
  /** [rows × number columns], row-major. */
  values: Float32Array;
  /** [rows × category columns], row-major. */
  readonly codes: Int32Array;
  /** The line on which each row's record starts. */
  readonly lines: Uint32Array;
  rows = 0;
  /** The number of malformed records left out so far. */
  skipped = 0;

  bytes: Uint8Array;
  recordStart: number;
  line: number;
  record = 1;

  readonly #head: CsvHead;
  readonly #kinds: Uint8Array;
  readonly #numbers: number;
  readonly #dictionaries: readonly Dictionary[];
  readonly #malformed: Malformed;
  #linesWithin = 0;
  #leftOut = false;
  // The line under way is the rest of a record that was left out, and is dropped as it comes.
  #dropping = false;
  #kernel: NumberKernel | undefined;

  constructor(file: string, head: CsvHead, kinds: readonly ColumnKind[], batchRows: number, malformed: Malformed) {
    const dictionaries = kinds.map((kind) => (kind === "category" ? new Dictionary() : undefined));
    this.file = file;
    this.columns = kinds.map((kind, index) => ({ index, name: head.names?.[index], kind, categories: dictionaries[index]?.texts ?? [] }));
    this.#head = head;
    this.#malformed = malformed;
    const number = /[0-9.-]/.test(String.fromCharCode(head.delimiter)) ? SPLIT_NUMBER : NUMBER;
    const codeOf = { number, optional: number, category: CATEGORY, skip: SKIP };
    this.#kinds = Uint8Array.from([...kinds.map((kind) => codeOf[kind]), SURPLUS]);
    this.#numbers = kinds.filter(isNumeric).length;
    this.#dictionaries = dictionaries.filter((dictionary) => dictionary !== undefined);
    this.values = new Float32Array(0);
    this.codes = new Int32Array(batchRows * this.#dictionaries.length);
    this.lines = new Uint32Array(batchRows);
    this.bytes = new Uint8Array(0);
    this.recordStart = head.dataStart;
    this.line = head.dataLine;
  }

  /** Whether all that a kernel needs is given: columns of numbers only, which are not written with the delimiter. */
  get suitsKernel(): boolean {
    return !this.#kernel && this.#numbers === this.columns.length && suitsKernel(this.#head.delimiter, this.lines.length * this.#numbers);
  }

  /** Has plain records taken by a kernel from now on; the batch and the window's bytes move into its memory. */
  useKernel(module: WebAssembly.Module, window: ByteWindow): void {
    const kernel = new NumberKernel(module, this.lines.length, this.#numbers, this.#head.delimiter);
    kernel.values.set(this.values.subarray(0, this.rows * this.#numbers));
    window.move((size) => kernel.enlargeText(size));
    this.#kernel = kernel;
  }

  /** To be called when the last batch is done with: its memory may be another reading's from now on. */
  release(): void {
    this.#kernel?.release();
  }

  /** Parses on from the window's start; true when the batch is full, false when the bytes are used up. With `final` no more will come. */
  parse(window: ByteWindow, final: boolean): boolean {
    this.bytes = window.bytes;
    if (this.#kernel) this.values = this.#kernel.values;
    else if (this.values.length === 0) this.values = new Float32Array(this.lines.length * this.#numbers);
    while (this.rows < this.lines.length) {
      if (this.#dropping && !this.#dropLine(window, final)) return false;
      this.#takePlainRecords(window);
      if (this.rows === this.lines.length) break;
      const { start } = window;
      // One byte more than a record may have tells one that is too long, wherever the chunks end.
      const end = Math.min(window.end, start + MAX_RECORD_BYTES + 1);
      if (start === end) return false;
      this.recordStart = start;
      const blank = isNewline(this.bytes[start]) || this.bytes[start] === this.#head.comment;
      const next = blank
        ? this.#skipLine(start, end, final && end === window.end)
        : this.#takeRecord(start, end, final && end === window.end);
      if (next === INCOMPLETE) return false;
      window.start = next;
      if (!blank) {
        this.lines[this.rows] = this.line;
        this.rows += this.#leftOut ? 0 : 1;
        this.record += 1;
        this.line += this.#linesWithin;
      }
      this.line += this.#dropping ? 0 : 1;
    }
    return true;
  }

  /** Numbers the texts of categories anew; codes of an earlier batch then have no meaning. */
  forgetCodes(): void {
    for (const dictionary of this.#dictionaries) dictionary.shrink(0);
  }

  // Past a blank line or a comment.
  #skipLine(start: number, end: number, final: boolean): number {
    const next = nextLine(this.bytes, start, end, final);
    if (next === INCOMPLETE && end - start > MAX_RECORD_BYTES) throw recordTooLong(this);
    return next;
  }

  // The line's end may be far away: what is before it isn't kept. False when it hasn't come yet.
  #dropLine(window: ByteWindow, final: boolean): boolean {
    const { start, end } = window;
    const at = lineEnd(this.bytes, start, end);
    const next = at === end ? INCOMPLETE : nextRecord(this.bytes, at, end, final);
    window.start = next === INCOMPLETE ? at : next;
    this.#dropping = next === INCOMPLETE;
    this.line += this.#dropping ? 0 : 1;
    return !this.#dropping;
  }

  #takePlainRecords(window: ByteWindow): void {
    const taken = this.#kernel?.parse(window, this.rows, this.lines.length) ?? 0;
    for (let count = 0; count < taken; count += 1) this.lines[this.rows + count] = this.line + count;
    this.rows += taken;
    this.record += taken;
    this.line += taken;
  }

  // As #parseRecord, but a malformed record is left out where the policy says so.
  #takeRecord(start: number, end: number, final: boolean): number {
    this.#leftOut = false;
    const known = this.#malformed.limit === 0 ? undefined : this.#dictionaries.map(({ texts }) => texts.length);
    let fault: unknown;
    try {
      const next = this.#parseRecord(start, end, final);
      if (next !== INCOMPLETE && next - start <= MAX_RECORD_BYTES) return next;
      if (next !== INCOMPLETE || end - start > MAX_RECORD_BYTES) throw recordTooLong(this);
    } catch (error) {
      if (!(error instanceof DataError) || this.skipped === this.#malformed.limit) throw error;
      fault = error;
    }
    // What an incomplete record has added would stay if it turned out to be malformed.
    for (const [index, dictionary] of this.#dictionaries.entries()) if (known) dictionary.shrink(known[index]);
    return fault === undefined ? INCOMPLETE : this.#leaveOut(fault as DataError, end, final);
  }

  // The offset where the reader takes up again; INCOMPLETE when the bytes don't tell yet.
  #leaveOut(found: DataError, end: number, final: boolean): number {
    const { bytes, recordStart: start } = this;
    const record = malformedRecord(this, found, end, this.#head.delimiter, final);
    if (record === undefined) return INCOMPLETE;
    let next = record.end === end && !final ? INCOMPLETE : nextRecord(bytes, record.end, end, final);
    if (next === INCOMPLETE) {
      if (end - start <= MAX_RECORD_BYTES) return INCOMPLETE;
      this.#dropping = true;
      next = record.end;
    }
    this.#linesWithin = countNewlines(bytes, start, record.end).count;
    this.#leftOut = true;
    this.skipped += 1;
    this.#malformed.report?.(record.error, record.endKnown);
    return next;
  }

  // The offset of the next record, with this one's fields written to row `rows`; or INCOMPLETE.
  #parseRecord(start: number, end: number, final: boolean): number {
    const { bytes, values } = this;
    const { delimiter } = this.#head;
    const kinds = this.#kinds;
    let valueAt = this.rows * this.#numbers;
    let codeAt = this.rows * this.#dictionaries.length;
    let dictionary = 0;
    let at = start;
    this.#linesWithin = 0;
    for (let column = 0; ; column += 1) {
      let behind: number;
      const kind = kinds[column];
      if (kind === NUMBER) {
        // A plain number, such as 12 or -0.5, is read here; the 0 behind the window's end stops each of the loops.
        const negative = bytes[at] === MINUS;
        const digitsStart = negative ? at + 1 : at;
        let mantissa = 0;
        behind = digitsStart;
        let byte = bytes[behind];
        while (byte >= ZERO && byte <= NINE) {
          mantissa = (mantissa * 10 + (byte - ZERO)) | 0;
          behind += 1;
          byte = bytes[behind];
        }
        let digits = behind - digitsStart;
        if (byte === delimiter && !negative && digits > 0 && digits <= FAST_DIGITS) {
          values[valueAt] = mantissa;
          valueAt += 1;
          at = behind + 1;
          continue;
        }
        let decimals = 0;
        if (byte === DOT) {
          behind += 1;
          byte = bytes[behind];
          while (byte >= ZERO && byte <= NINE) {
            mantissa = (mantissa * 10 + (byte - ZERO)) | 0;
            decimals += 1;
            behind += 1;
            byte = bytes[behind];
          }
          digits += decimals;
        }
        if (digits > 0 && digits <= FAST_DIGITS && (byte === delimiter || isNewline(byte))) {
          const value = mantissa / POWERS_OF_TEN[decimals];
          values[valueAt] = negative ? -value : value;
        } else {
          behind = this.#parseOtherNumber(column, at, end, final, valueAt);
          if (behind === INCOMPLETE) return INCOMPLETE;
        }
        valueAt += 1;
      } else if (kind === SPLIT_NUMBER) {
        behind = this.#parseOtherNumber(column, at, end, final, valueAt);
        if (behind === INCOMPLETE) return INCOMPLETE;
        valueAt += 1;
      } else {
        if (kind === SURPLUS) {
          const fields = splitRecord(this, end, delimiter, final);
          if (!fields) return INCOMPLETE;
          throw wrongCount(this, fields.length, this.#head);
        }
        behind = fieldEnd(this, at, end, delimiter, final);
        if (behind === INCOMPLETE) return INCOMPLETE;
        if (bytes[at] === QUOTE) this.#linesWithin += countNewlines(bytes, at, behind).count;
        if (kind === CATEGORY) {
          this.codes[codeAt] = this.#dictionaries[dictionary].code(this, at, behind);
          codeAt += 1;
          dictionary += 1;
        }
      }
      if (behind === end || bytes[behind] !== delimiter) {
        if (column + 1 < this.columns.length) throw wrongCount(this, column + 1, this.#head);
        return nextRecord(bytes, behind, end, final);
      }
      at = behind + 1;
    }
  }

  // NaN where the field says that its value is missing, and it may be.
  #missingValue(column: number, start: number, end: number): number | undefined {
    if (this.columns[column].kind !== "optional") return undefined;
    return isMissing(fieldText(this, start, end)) ? Number.NaN : undefined;
  }

  #parseOtherNumber(column: number, start: number, end: number, final: boolean, valueAt: number): number {
    const behind = fieldEnd(this, start, end, this.#head.delimiter, final);
    if (behind === INCOMPLETE) return INCOMPLETE;
    const value = fieldNumber(this.bytes, start, behind) ?? this.#missingValue(column, start, behind);
    if (value === undefined) {
      // A field too few or too many is likelier the fault than the text that then stands in a number's place.
      const fields = splitRecord(this, end, this.#head.delimiter, final);
      if (!fields) return INCOMPLETE;
      if (fields.length !== this.columns.length) throw wrongCount(this, fields.length, this.#head);
      throw noNumber(this, this.columns[column], start, behind, this.#head.names !== undefined);
    }
    this.values[valueAt] = value;
    return behind;
  }
}
