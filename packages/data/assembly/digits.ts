// Several digits in one register → the number they write. The first digit stands in the lowest byte, as in memory, and a
// byte of 0 counts as the digit 0. Neighbours are joined to pairs, these to fours, and so on.

import { EIGHTS, FOURS, LAST, LAST_NIBBLES, PAIRS } from "./vectors";

const NIBBLES: u64 = 0x0f0f0f0f0f0f0f0f;

/** The number of the first `length` of the bytes at `start`, 1 to 4 ASCII digits. */
// @ts-ignore: decorator
@inline
export function fourDigitsAt(start: usize, length: usize): u32 {
  const text = load<u32>(start) << (32 - 8 * <u32>length);
  const pairs = ((text & <u32>NIBBLES) * (1 + (10 << 8))) >> 8;
  return ((pairs & 0x00ff00ff) * (1 + (100 << 16))) >> 16;
}

/** The number of the first `length` of the bytes at `start`, 1 to 8 ASCII digits. */
// @ts-ignore: decorator
@inline
export function eightDigitsAt(start: usize, length: usize): u64 {
  const text = load<u64>(start) << <u64>(64 - 8 * length);
  const pairs = ((text & NIBBLES) * (1 + (10 << 8))) >> 8;
  const fours = ((pairs & 0x00ff00ff00ff00ff) * (1 + (100 << 16))) >> 16;
  return ((fours & 0x0000ffff0000ffff) * (1 + (<u64>10000 << 32))) >> 32;
}

/**
 * The number of the last `digits` digits before `end`, 1 to 15, of which the last `decimals` stand behind a dot. There is always a dot, be
 * it the byte before `end`.
 */
// @ts-ignore: decorator
@inline
export function digitsAround(end: usize, digits: usize, decimals: usize): u64 {
  // The digits before the dot close up with those behind it, and whatever stands before the number becomes 0.
  const text = v128.bitselect(v128.load(end - 16), v128.load(end - 17), v128.load(LAST + decimals));
  const single = v128.and(text, v128.load(LAST_NIBBLES + digits));
  const pairs = i16x8.shr_u(i16x8.mul(single, v128.load(PAIRS)), 8);
  const fours = i32x4.dot_i16x8_s(pairs, v128.load(FOURS));
  const eights = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_s(fours, fours), v128.load(EIGHTS));
  const both: u64 = i64x2.extract_lane(eights, 0);
  return (both & 0xffffffff) * 100000000 + (both >> 32);
}
