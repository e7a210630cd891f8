// A dense matrix as its nonzeros. Zeros add nothing to a sum of finite products (x + ±0 = x), so leaving them out changes
// no bit.
import { blockDepth } from "../level3/tiles";
import { ENTRY, SEGMENT, segmentAt, storeEntry } from "./segments";

/**
 * Compresses `rows` rows of op(A) from row `first` on, `k` elements each; strides in bytes. Entries are appended at
 * `entries`; returns the address behind the last. Segments go where the header says.
 */
export function compressRows(
  header: usize, first: i32, rows: i32, k: i32, from: usize, rowStride: usize, columnStride: usize, entries: usize,
): usize {
  const deepest = blockDepth(k);
  for (let row = first; row < first + rows; row++) {
    let source = from;
    for (let pc = 0, block = 0; pc < k; pc += deepest, block++) {
      const segment = segmentAt(header, row, block);
      store<usize>(segment, entries);
      const depth = min(deepest, k - pc) as usize;
      for (let index: usize = 0; index < depth; index++) {
        // Written always, kept only if it is not zero: a branch would be mispredicted at every edge of ink.
        const value = load<f32>(source);
        storeEntry(entries, index, value);
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
