// Written by assembly/generate.mjs: change that, and run it.
// Dense tiles in strict f32: a multiplication and an addition, each rounded. Sums are named c<row><vector>.
import { storePair } from "./storePair";

/** One 4 × 8 tile of C at `c` with `stride` bytes a row, from slivers `a` [depth][4] and `b` [depth][16]. */
export function kernel4x8(depth: i32, alpha: f32, a: usize, b: usize, beta: f32, c: usize, stride: usize): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a, 0);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    a += 16;
    b += 64;
  }
  storePair(c + 0 * stride + 0, c00, c01, alpha, beta);
  storePair(c + 1 * stride + 0, c10, c11, alpha, beta);
  storePair(c + 2 * stride + 0, c20, c21, alpha, beta);
  storePair(c + 3 * stride + 0, c30, c31, alpha, beta);
}

/** One 4 × 16 tile of C at `c` with `stride` bytes a row, from slivers `a` [depth][4] and `b` [depth][16]. */
export function kernel4x16(depth: i32, alpha: f32, a: usize, b: usize, beta: f32, c: usize, stride: usize): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c02 = f32x4.splat(0), c03 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0), c12 = f32x4.splat(0), c13 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c22 = f32x4.splat(0), c23 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0), c32 = f32x4.splat(0), c33 = f32x4.splat(0);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    const a0 = v128.load32_splat(a, 0);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    c02 = f32x4.add(c02, f32x4.mul(a0, b2));
    c03 = f32x4.add(c03, f32x4.mul(a0, b3));
    const a1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    c12 = f32x4.add(c12, f32x4.mul(a1, b2));
    c13 = f32x4.add(c13, f32x4.mul(a1, b3));
    const a2 = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    c22 = f32x4.add(c22, f32x4.mul(a2, b2));
    c23 = f32x4.add(c23, f32x4.mul(a2, b3));
    const a3 = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    c32 = f32x4.add(c32, f32x4.mul(a3, b2));
    c33 = f32x4.add(c33, f32x4.mul(a3, b3));
    a += 16;
    b += 64;
  }
  storePair(c + 0 * stride + 0, c00, c01, alpha, beta);
  storePair(c + 0 * stride + 32, c02, c03, alpha, beta);
  storePair(c + 1 * stride + 0, c10, c11, alpha, beta);
  storePair(c + 1 * stride + 32, c12, c13, alpha, beta);
  storePair(c + 2 * stride + 0, c20, c21, alpha, beta);
  storePair(c + 2 * stride + 32, c22, c23, alpha, beta);
  storePair(c + 3 * stride + 0, c30, c31, alpha, beta);
  storePair(c + 3 * stride + 32, c32, c33, alpha, beta);
}
