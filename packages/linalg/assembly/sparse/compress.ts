// A block of op(A) as its nonzeros: row after row, each an entry (byte offset of its row of packed B, value). Zeros
// add nothing to a sum of finite products (x + ±0 = x), so leaving them out changes no bit.
import { WIDE_STEP } from "./kernel1x32";

/** Bytes of an entry: u32 offset into the packed sliver of B, f32 value. */
export const ENTRY: usize = 8;

/**
 * Compresses rows [rows × depth] of op(A), strides in bytes. Entries go to `entries`; `ends[i]` is the address behind
 * row i's last entry.
 */
export function compressRows(from: usize, rowStride: usize, columnStride: usize, rows: i32, depth: i32, entries: usize, ends: usize): void {
  for (let row = 0; row < rows; row++) {
    let source = from;
    const end = (depth as usize) * WIDE_STEP;
    for (let offset: usize = 0; offset < end; offset += WIDE_STEP) {
      // Written always, kept only if it is not zero: a branch would be mispredicted at every edge of ink.
      const value = load<f32>(source);
      store<u32>(entries, offset as u32);
      store<f32>(entries, value, 4);
      entries += value != 0 ? ENTRY : 0;
      source += columnStride;
    }
    store<usize>(ends, entries);
    ends += sizeof<usize>();
    from += rowStride;
  }
}

/** How many of `count` elements are not zero (NaN is not). */
export function countNonzeros(count: i32, x: usize): i32 {
  const zero = f32x4.splat(0);
  const end = x + ((count as usize) << 2);
  const vectorEnd = x + ((count as usize & ~3) << 2);
  let lanes = i32x4.splat(0);
  // A comparison's lanes are −1 where true.
  for (; x < vectorEnd; x += 16) lanes = i32x4.sub(lanes, f32x4.ne(v128.load(x), zero));
  let nonzeros =
    i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3);
  for (; x < end; x += 4) nonzeros += load<f32>(x) != 0 ? 1 : 0;
  return nonzeros;
}

/** Whether all of `count` elements are finite. */
export function allFinite(count: i32, x: usize): bool {
  const end = x + ((count as usize) << 2);
  const vectorEnd = x + ((count as usize & ~3) << 2);
  // x · 0 is 0 for a finite x and NaN for any other; NaN stays NaN in a sum.
  const zero = f32x4.splat(0);
  let lanes = zero;
  for (; x < vectorEnd; x += 16) lanes = f32x4.add(lanes, f32x4.mul(v128.load(x), zero));
  let sum: f32 = f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1) + f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3);
  for (; x < end; x += 4) sum += load<f32>(x) * 0;
  return sum == 0;
}
