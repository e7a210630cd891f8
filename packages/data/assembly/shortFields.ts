// The fields of a block whose numbers are all short: a sign or none, up to eight digits, a dot among them or none. All that could
// be wrong is found from the block's masks; then the fields are converted four at a time, with no branch that depends on a length.
//
// A field's text, the sign left out, has a length and a tail: how far its dot stands before its end, 0 without a dot. These two
// choose a pattern that brings the digits together, and the tail with the sign the power of ten to divide by.
import { EIGHTS, FOURS, NIBBLES, PAIRS } from "./vectors";

const MAX_DIGITS: i32 = 8;
// With a dot among them.
const MAX_LENGTH: i32 = MAX_DIGITS + 1;
const TAILS: i32 = MAX_LENGTH + 1;

// Each pattern is 8 bytes for i8x16.swizzle, of the 16 bytes before a field's end, with 8 on either side that choose nothing: read from
// its start it fills the upper half of a vector, from its middle the lower one.
const HALF: i32 = 8;
const PATTERN_BYTES: i32 = 3 * HALF;
const PATTERNS_BYTES: i32 = (MAX_LENGTH + 1) * TAILS * PATTERN_BYTES;
const PATTERNS: usize = memory.data(PATTERNS_BYTES, 16);

// 10^decimals as f32, all exact, by the tail; and the same below 0, for fields with a minus.
const SIGN_BYTES: i32 = 64;
const DIVISORS: usize = memory.data(2 * SIGN_BYTES, 16);

memory.fill(PATTERNS, 0xff, PATTERNS_BYTES);
for (let length = 1; length <= MAX_LENGTH; length += 1) {
  for (let tail = 0; tail <= length; tail += 1) {
    let to = patternAt(length, tail) + 2 * HALF;
    for (let fromEnd = 1; fromEnd <= length; fromEnd += 1) {
      // Of nine digits without a dot, which no pattern is asked for, the first has no place.
      if (fromEnd == tail || fromEnd > MAX_DIGITS + i32(tail != 0)) continue;
      to -= 1;
      store<u8>(to, <u8>(16 - fromEnd));
    }
  }
}
for (let tail = 0, power: f32 = 1; tail < TAILS; tail += 1) {
  store<f32>(DIVISORS + (tail << 2), power);
  store<f32>(DIVISORS + (tail << 2) + SIGN_BYTES, -power);
  if (tail > 0) power *= 10;
}

// @ts-ignore: decorator
@inline
function patternAt(length: i32, tail: i32): usize {
  return PATTERNS + (length * TAILS + tail) * PATTERN_BYTES;
}

/**
 * Writes the numbers of the fields in the 64 bytes at `at` to `out`, or gives false when one of them isn't short. `ends` are the fields'
 * ends, `starts` their starts, as many; `digits`, `dots` and `minuses` what is between, the latter at starts only. Writes up to the next
 * multiple of 16 bytes behind `out`, and reads from 16 bytes before `at`.
 */
export function convertShort(at: usize, ends: u64, starts: u64, digits: u64, dots: u64, minuses: u64, out: usize): bool {
  const signs = minuses << 1;
  let firsts = (starts & ~minuses) | signs;
  // Adding 1 to the first digit carries it through to the byte behind the digits: the field's first dot, or its end.
  let stops = ((digits + (firsts & digits)) | firsts) & ~digits;
  const noDigits = firsts & (ends | (dots & (ends >> 1)));
  const furtherDots = dots & ~stops;
  // Bit i: so many bytes from i on are a field's text.
  const text = digits | dots;
  const two = text & (text >> 1);
  const four = two & (two >> 2);
  const eight = four & (four >> 4);
  const tooLong = (eight & (two >> 8)) | (((eight & (text >> 8)) << 9) & stops & ends);
  if ((noDigits | furtherDots | tooLong) != 0) return false;

  while (ends != 0) {
    // Where no field is left, all three stand at 64: nothing is chosen and 0 is written.
    const first0 = ctz(firsts);
    const stop0 = ctz(stops);
    const end0 = ctz(ends);
    firsts &= firsts - 1;
    stops &= stops - 1;
    ends &= ends - 1;
    const first1 = ctz(firsts);
    const stop1 = ctz(stops);
    const end1 = ctz(ends);
    firsts &= firsts - 1;
    stops &= stops - 1;
    ends &= ends - 1;
    const first2 = ctz(firsts);
    const stop2 = ctz(stops);
    const end2 = ctz(ends);
    firsts &= firsts - 1;
    stops &= stops - 1;
    ends &= ends - 1;
    const first3 = ctz(firsts);
    const stop3 = ctz(stops);
    const end3 = ctz(ends);
    firsts &= firsts - 1;
    stops &= stops - 1;
    ends &= ends - 1;

    const fours01 = fours(v128.or(lower(at, first0, stop0, end0), upper(at, first1, stop1, end1)));
    const fours23 = fours(v128.or(lower(at, first2, stop2, end2), upper(at, first3, stop3, end3)));
    const whole = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_s(fours01, fours23), v128.load(EIGHTS));
    let divisors = v128.load_zero<f32>(divisorAt(signs, first0, stop0, end0));
    divisors = v128.load_lane<f32>(divisorAt(signs, first1, stop1, end1), divisors, 1);
    divisors = v128.load_lane<f32>(divisorAt(signs, first2, stop2, end2), divisors, 2);
    divisors = v128.load_lane<f32>(divisorAt(signs, first3, stop3, end3), divisors, 3);
    // Below 2^24 the numbers are exact f32, as their divisors are, so that one division rounds correctly.
    if (!v128.any_true(i32x4.shr_u(whole, 24))) v128.store(out, f32x4.div(f32x4.convert_i32x4_s(whole), divisors));
    else v128.store(out, divideWide(whole, divisors));
    out += 16;
  }
  return true;
}

// Of eight digits, rounding the quotient to f64 and then to f32 gives what rounding it at once would.
function divideWide(whole: v128, divisors: v128): v128 {
  const low = f64x2.div(f64x2.convert_low_i32x4_s(whole), f64x2.promote_low_f32x4(divisors));
  const upperWhole = i64x2.shuffle(whole, whole, 1, 1);
  const upperDivisors = i64x2.shuffle(divisors, divisors, 1, 1);
  const high = f64x2.div(f64x2.convert_low_i32x4_s(upperWhole), f64x2.promote_low_f32x4(upperDivisors));
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

// The digits of a field, right-aligned in the lower or the upper half of a vector.
// @ts-ignore: decorator
@inline
function lower(at: usize, first: u64, stop: u64, end: u64): v128 {
  return i8x16.swizzle(v128.load(at + <usize>end - 16), v128.load(patternAt(<i32>(end - first), <i32>(end - stop)) + HALF));
}

// @ts-ignore: decorator
@inline
function upper(at: usize, first: u64, stop: u64, end: u64): v128 {
  return i8x16.swizzle(v128.load(at + <usize>end - 16), v128.load(patternAt(<i32>(end - first), <i32>(end - stop))));
}

// Twice eight digits → four numbers of four digits.
// @ts-ignore: decorator
@inline
function fours(text: v128): v128 {
  const single = v128.and(text, v128.load(NIBBLES));
  return i32x4.dot_i16x8_s(i16x8.shr_u(i16x8.mul(single, v128.load(PAIRS)), 8), v128.load(FOURS));
}

// @ts-ignore: decorator
@inline
function divisorAt(signs: u64, first: u64, stop: u64, end: u64): usize {
  return DIVISORS + (<usize>((signs >> first) & 1) << 6) + (<usize>(end - stop) << 2);
}
