// Written by assembly/generate.mjs: change that, and run it.
// Tiles of a product with the patches of images, read where they stand.
import { storePair } from "../level3/storePair";

/** One 4 × 8 tile of C at `c` with `stride` bytes a row, from the f32 at each of four addresses + `offsets`[p], and B [depth] at `b` with `bRow` bytes a row. */
export function patchKernel4x8(depth: i32, r0: usize, r1: usize, r2: usize, r3: usize, offsets: usize, b: usize, bRow: usize, beta: f32, c: usize, stride: usize): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  for (const end = offsets + ((depth as usize) << 2); offsets < end; offsets += 4) {
    const offset = load<u32>(offsets) as usize;
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(r0 + offset);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(r1 + offset);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(r2 + offset);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(r3 + offset);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    b += bRow;
  }
  storePair(c + 0 * stride + 0, c00, c01, 1, beta);
  storePair(c + 1 * stride + 0, c10, c11, 1, beta);
  storePair(c + 2 * stride + 0, c20, c21, 1, beta);
  storePair(c + 3 * stride + 0, c30, c31, 1, beta);
}

/** One 4 × 16 tile of C at `c` with `stride` bytes a row, from the f32 at each of four addresses + `offsets`[p], and B [depth] at `b` with `bRow` bytes a row. */
export function patchKernel4x16(depth: i32, r0: usize, r1: usize, r2: usize, r3: usize, offsets: usize, b: usize, bRow: usize, beta: f32, c: usize, stride: usize): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c02 = f32x4.splat(0), c03 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0), c12 = f32x4.splat(0), c13 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c22 = f32x4.splat(0), c23 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0), c32 = f32x4.splat(0), c33 = f32x4.splat(0);
  for (const end = offsets + ((depth as usize) << 2); offsets < end; offsets += 4) {
    const offset = load<u32>(offsets) as usize;
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    const a0 = v128.load32_splat(r0 + offset);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    c02 = f32x4.add(c02, f32x4.mul(a0, b2));
    c03 = f32x4.add(c03, f32x4.mul(a0, b3));
    const a1 = v128.load32_splat(r1 + offset);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    c12 = f32x4.add(c12, f32x4.mul(a1, b2));
    c13 = f32x4.add(c13, f32x4.mul(a1, b3));
    const a2 = v128.load32_splat(r2 + offset);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    c22 = f32x4.add(c22, f32x4.mul(a2, b2));
    c23 = f32x4.add(c23, f32x4.mul(a2, b3));
    const a3 = v128.load32_splat(r3 + offset);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    c32 = f32x4.add(c32, f32x4.mul(a3, b2));
    c33 = f32x4.add(c33, f32x4.mul(a3, b3));
    b += bRow;
  }
  storePair(c + 0 * stride + 0, c00, c01, 1, beta);
  storePair(c + 0 * stride + 32, c02, c03, 1, beta);
  storePair(c + 1 * stride + 0, c10, c11, 1, beta);
  storePair(c + 1 * stride + 32, c12, c13, 1, beta);
  storePair(c + 2 * stride + 0, c20, c21, 1, beta);
  storePair(c + 2 * stride + 32, c22, c23, 1, beta);
  storePair(c + 3 * stride + 0, c30, c31, 1, beta);
  storePair(c + 3 * stride + 32, c32, c33, 1, beta);
}
