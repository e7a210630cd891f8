// A dense matrix as its nonzeros. Zeros add nothing to a sum of finite products (x + ±0 = x), so leaving them out changes
// no bit.
import { KC } from "../level3/tiles";
import { ENTRY, OFFSET_UNIT, SEGMENT, segmentAt } from "./segments";

/**
 * Compresses `rows` rows of op(A) from row `first` on, `depth` elements each; strides in bytes. Entries are appended at
 * `entries`; returns the address behind the last. Segments go where the header says.
 */
export function compressRows(
  header: usize, first: i32, rows: i32, depth: i32, from: usize, rowStride: usize, columnStride: usize, entries: usize,
): usize {
  for (let row = first; row < first + rows; row++) {
    let source = from;
    for (let pc = 0, block = 0; pc < depth; pc += KC, block++) {
      const segment = segmentAt(header, row, block);
      store<usize>(segment, entries);
      const end = (min(KC, depth - pc) as usize) * OFFSET_UNIT;
      for (let offset: usize = 0; offset < end; offset += OFFSET_UNIT) {
        // Written always, kept only if it is not zero: a branch would be mispredicted at every edge of ink.
        const value = load<f32>(source);
        store<u32>(entries, offset as u32);
        store<f32>(entries, value, 4);
        entries += value != 0 ? ENTRY : 0;
        source += columnStride;
      }
      store<usize>(segment, entries, SEGMENT / 2);
    }
    from += rowStride;
  }
  return entries;
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
