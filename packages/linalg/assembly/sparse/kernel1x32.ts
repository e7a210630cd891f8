// The sparse micro-kernel: one row of C, 32 columns wide, from the nonzeros of one row of op(A). Eight accumulators
// hide the latency of the additions; a value is loaded once for 32 products.
import { storePair } from "../level3/storePair";

/** Columns of a tile. */
export const WIDE: i32 = 32;
/** Bytes of one row of a packed sliver of B [depth][32]. */
export const WIDE_STEP: usize = 128;

/** C[1 × 32] = α · Σ value · B[offset] + β · C over the entries from `entry` to `end`, in their order. */
export function kernel1x32(entry: usize, end: usize, alpha: f32, b: usize, beta: f32, c: usize): void {
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), c2 = f32x4.splat(0), c3 = f32x4.splat(0);
  let c4 = f32x4.splat(0), c5 = f32x4.splat(0), c6 = f32x4.splat(0), c7 = f32x4.splat(0);
  for (; entry < end; entry += 8) {
    const row = b + (load<u32>(entry) as usize);
    const value = v128.load32_splat(entry, 4);
    c0 = f32x4.add(c0, f32x4.mul(value, v128.load(row)));
    c1 = f32x4.add(c1, f32x4.mul(value, v128.load(row, 16)));
    c2 = f32x4.add(c2, f32x4.mul(value, v128.load(row, 32)));
    c3 = f32x4.add(c3, f32x4.mul(value, v128.load(row, 48)));
    c4 = f32x4.add(c4, f32x4.mul(value, v128.load(row, 64)));
    c5 = f32x4.add(c5, f32x4.mul(value, v128.load(row, 80)));
    c6 = f32x4.add(c6, f32x4.mul(value, v128.load(row, 96)));
    c7 = f32x4.add(c7, f32x4.mul(value, v128.load(row, 112)));
  }
  storePair(c, c0, c1, alpha, beta);
  storePair(c + 32, c2, c3, alpha, beta);
  storePair(c + 64, c4, c5, alpha, beta);
  storePair(c + 96, c6, c7, alpha, beta);
}
