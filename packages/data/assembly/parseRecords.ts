// The kernel: text → rows of f32, 64 bytes at a time. A block starts with a field and ends with the last delimiter or line
// feed in it, so no field is in two blocks. Before its fields are converted, each of its line feeds has been found to end
// a record of the right length; so the fields follow one another in text and in memory, and nothing is asked per record.
import { MINUS, ZERO } from "./characters";
import { digitsAround, eightDigitsAt, fourDigitsAt } from "./digits";
import { mask, maskOf } from "./masks";
import { parseNumber } from "./parseNumber";
import { convertShort } from "./shortFields";
import { CARRIAGE_RETURNS, DOTS, LINE_FEEDS, MINUSES, NINES, ZEROS } from "./vectors";

const BLOCK: usize = 64;

// Up to 15 digits are an exact f64.
const EXACT_DIGITS: usize = 15;
// m / 10^k of nine digits is either the middle between two f32 or at least 2^-52 of itself away from it, so that rounding
// the quotient to f64 and then to f32 gives what rounding it at once would. Of more digits, only a quotient that is such a
// middle may have become it by the first rounding.
const FREE_DIGITS: usize = 9;

/** Where the last call has stopped: at the start of a record. */
export let stoppedAt: usize = 0;

/**
 * Converts records of `columns` numbers from the text in [start, end) into `values`, [rows × columns], and gives the number of records
 * that it took: at most `rows`. It stops at `stoppedAt`, the start of the first record that is incomplete or has anything in it that is no
 * plain number. No number may be writable with the `delimiter`; `powers` are 10^0 … 10^66 as f64. Reads up to 17 bytes before `start` and 64 behind `end`. It writes only within the
 * `rows`, and what it leaves behind the records taken means nothing.
 */
export function parseRecords(start: usize, end: usize, values: usize, rows: i32, columns: i32, delimiter: i32, powers: usize): i32 {
  const rowBytes = <usize>columns << 2;
  const limit = values + <usize>rows * rowBytes;
  const delimiters = i8x16.splat(<i8>delimiter);
  const lineFeeds = v128.load(LINE_FEEDS);
  const zeros = v128.load(ZEROS);
  const nines = v128.load(NINES);
  const zeroRun = i16x8.splat(<i16>(ZERO | (<u32>delimiter << 8)));
  let at = start;
  let out = values;
  let rowEnd = values + rowBytes;
  let record = start;
  let more = rows > 0;
  while (more && at < end) {
    const a = v128.load(at);
    // "0,0,0,0,0,0,0,0," is so common in images that it has a way of its own.
    if (i8x16.all_true(i8x16.eq(a, zeroRun)) && at + 16 <= end && out + 32 < rowEnd) {
      v128.store(out, i64x2.splat(0));
      v128.store(out, i64x2.splat(0), 16);
      out += 32;
      at += 16;
      continue;
    }
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const feedA = i8x16.eq(a, lineFeeds);
    const feedB = i8x16.eq(b, lineFeeds);
    const feedC = i8x16.eq(c, lineFeeds);
    const feedD = i8x16.eq(d, lineFeeds);
    const endA = v128.or(feedA, i8x16.eq(a, delimiters));
    const endB = v128.or(feedB, i8x16.eq(b, delimiters));
    const endC = v128.or(feedC, i8x16.eq(c, delimiters));
    const endD = v128.or(feedD, i8x16.eq(d, delimiters));
    const known: u64 = end - at < BLOCK ? ((<u64>1) << <u64>(end - at)) - 1 : ~(<u64>0);
    let ends = mask(endA, endB, endC, endD) & known;
    if (ends == 0) break;

    let feeds: u64 = 0;
    if (v128.any_true(v128.or(v128.or(feedA, feedB), v128.or(feedC, feedD)))) {
      feeds = mask(feedA, feedB, feedC, feedD) & known;
      let good: u64 = 0;
      for (let left = feeds; left != 0; left &= left - 1) {
        const through = left ^ (left - 1);
        if (out + (<usize>popcnt(ends & through) << 2) != rowEnd) {
          more = false;
          break;
        }
        good = through;
        if (rowEnd == limit) {
          more = false;
          break;
        }
        rowEnd += rowBytes;
      }
      if (out + (<usize>popcnt(ends) << 2) >= rowEnd) more = false;
      if (!more) {
        ends &= good;
        feeds &= good;
      }
    } else if (out + (<usize>popcnt(ends) << 2) >= rowEnd) {
      break;
    }

    // Bytes of fields that are no digits: none in a block of whole numbers.
    const otherA = v128.andnot(i8x16.gt_u(i8x16.sub(a, zeros), nines), endA);
    const otherB = v128.andnot(i8x16.gt_u(i8x16.sub(b, zeros), nines), endB);
    const otherC = v128.andnot(i8x16.gt_u(i8x16.sub(c, zeros), nines), endC);
    const otherD = v128.andnot(i8x16.gt_u(i8x16.sub(d, zeros), nines), endD);
    let left = ends;
    let field = at;
    if (!v128.any_true(v128.or(v128.or(otherA, otherB), v128.or(otherC, otherD)))) {
      for (; left != 0; left &= left - 1) {
        const behind = at + <usize>ctz(left);
        const length = behind - field;
        if (length - 1 < 4) {
          store<f32>(out, <f32>(<i32>fourDigitsAt(field, length)));
        } else {
          const value = length - 1 < 8 ? <f32>(<i64>eightDigitsAt(field, length)) : parseNumber(field, behind, powers);
          if (value != value) break;
          store<f32>(out, value);
        }
        out += 4;
        field = behind + 1;
      }
    } else {
      // The text of a record's last field may end before a carriage return.
      const returns = feeds == 0 ? 0 : maskOf(a, b, c, d, CARRIAGE_RETURNS) & (feeds >> 1);
      const dots = maskOf(a, b, c, d, DOTS);
      const minuses = maskOf(a, b, c, d, MINUSES) & ((ends << 1) | 1);
      const within = (~(<u64>0)) >> clz(ends);
      const others = mask(otherA, otherB, otherC, otherD) & ~(returns | dots | minuses) & within;
      left = (ends & ~(returns << 1)) | returns;
      if (others == 0 && out + ((<usize>popcnt(left) + 3) << 2) <= limit) {
        const starts = (1 | ((left & ~returns) << 1) | (returns << 2)) & within;
        const digits = within & ~(ends | returns | dots | minuses);
        if (convertShort(at, left, starts, digits, dots & within, minuses & within, out)) {
          out += <usize>popcnt(left) << 2;
          field = at + BLOCK - <usize>clz(ends);
          left = 0;
        }
      }
      let first: u64 = 1;
      for (; left != 0; left &= left - 1) {
        const last = left & (0 - left);
        const behind = at + <usize>ctz(left);
        // Of the bits below the field's end, those from its start: its dots. Without a dot, one is thought behind the field.
        const within = dots & (last - first);
        const negative = u32(<u32>load<u8>(field) == MINUS);
        const textEnd = behind + <usize>(within == 0);
        const digits = textEnd - field - <usize>negative - 1;
        const decimals = textEnd - at - <usize>ctz(within | last) - 1;
        let exact = digits - 1 < EXACT_DIGITS && (within & (within - 1)) == 0 && others == 0;
        if (exact) {
          const quotient = <f64>(<i64>digitsAround(textEnd, digits, decimals)) / load<f64>(powers + (decimals << 3));
          exact = digits <= FREE_DIGITS || !isMiddle(quotient);
          // The sign as a bit: a branch would be guessed wrongly every second time.
          store<u32>(out, reinterpret<u32>(<f32>quotient) | (negative << 31));
        }
        if (!exact) {
          const value = parseNumber(field, behind, powers);
          if (value != value) break;
          store<f32>(out, value);
        }
        out += 4;
        const skip = (returns & last) != 0;
        field = behind + 1 + <usize>skip;
        first = last << (1 + <u64>skip);
      }
    }
    if (left != 0) {
      feeds &= (left ^ (left - 1)) >> 1;
      more = false;
    }
    if (feeds != 0) record = at + BLOCK - <usize>clz(feeds);
    at = field;
  }
  stoppedAt = record;
  return <i32>((out - values) / rowBytes);
}

// Whether the value, in the range of normal f32, is the middle between two of them.
// @ts-ignore: decorator
@inline
function isMiddle(value: f64): bool {
  return (reinterpret<u64>(value) & 0x1fffffff) == 0x10000000;
}
