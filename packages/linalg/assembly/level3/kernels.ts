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

/** tile [4][8] = A · B for four rows of A at `a`, strides in bytes, and a sliver `b` [depth][8]. */
export function thinKernel4x8(depth: i32, a: usize, aRow: usize, aColumn: usize, b: usize, tile: usize): void {
  let a0 = a, a1 = a + aRow, a2 = a + 2 * aRow, a3 = a + 3 * aRow;
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a0);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    const x1 = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    c11 = f32x4.add(c11, f32x4.mul(x1, b1));
    const x2 = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0));
    c21 = f32x4.add(c21, f32x4.mul(x2, b1));
    const x3 = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(x3, b0));
    c31 = f32x4.add(c31, f32x4.mul(x3, b1));
    a0 += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    b += 32;
  }
  v128.store(tile, c00, 0);
  v128.store(tile, c01, 16);
  v128.store(tile, c10, 32);
  v128.store(tile, c11, 48);
  v128.store(tile, c20, 64);
  v128.store(tile, c21, 80);
  v128.store(tile, c30, 96);
  v128.store(tile, c31, 112);
}

/** tile [4][12] = A · B for four rows of A at `a`, strides in bytes, and a sliver `b` [depth][12]. */
export function thinKernel4x12(depth: i32, a: usize, aRow: usize, aColumn: usize, b: usize, tile: usize): void {
  let a0 = a, a1 = a + aRow, a2 = a + 2 * aRow, a3 = a + 3 * aRow;
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c02 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0), c12 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c22 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0), c32 = f32x4.splat(0);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const x0 = v128.load32_splat(a0);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    c02 = f32x4.add(c02, f32x4.mul(x0, b2));
    const x1 = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    c11 = f32x4.add(c11, f32x4.mul(x1, b1));
    c12 = f32x4.add(c12, f32x4.mul(x1, b2));
    const x2 = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0));
    c21 = f32x4.add(c21, f32x4.mul(x2, b1));
    c22 = f32x4.add(c22, f32x4.mul(x2, b2));
    const x3 = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(x3, b0));
    c31 = f32x4.add(c31, f32x4.mul(x3, b1));
    c32 = f32x4.add(c32, f32x4.mul(x3, b2));
    a0 += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    b += 48;
  }
  v128.store(tile, c00, 0);
  v128.store(tile, c01, 16);
  v128.store(tile, c02, 32);
  v128.store(tile, c10, 48);
  v128.store(tile, c11, 64);
  v128.store(tile, c12, 80);
  v128.store(tile, c20, 96);
  v128.store(tile, c21, 112);
  v128.store(tile, c22, 128);
  v128.store(tile, c30, 144);
  v128.store(tile, c31, 160);
  v128.store(tile, c32, 176);
}

/** tile [4][16] = A · B for four rows of A at `a`, strides in bytes, and a sliver `b` [depth][16]. */
export function thinKernel4x16(depth: i32, a: usize, aRow: usize, aColumn: usize, b: usize, tile: usize): void {
  let a0 = a, a1 = a + aRow, a2 = a + 2 * aRow, a3 = a + 3 * aRow;
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c02 = f32x4.splat(0), c03 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0), c12 = f32x4.splat(0), c13 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c22 = f32x4.splat(0), c23 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0), c32 = f32x4.splat(0), c33 = f32x4.splat(0);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    const x0 = v128.load32_splat(a0);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    c02 = f32x4.add(c02, f32x4.mul(x0, b2));
    c03 = f32x4.add(c03, f32x4.mul(x0, b3));
    const x1 = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    c11 = f32x4.add(c11, f32x4.mul(x1, b1));
    c12 = f32x4.add(c12, f32x4.mul(x1, b2));
    c13 = f32x4.add(c13, f32x4.mul(x1, b3));
    const x2 = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0));
    c21 = f32x4.add(c21, f32x4.mul(x2, b1));
    c22 = f32x4.add(c22, f32x4.mul(x2, b2));
    c23 = f32x4.add(c23, f32x4.mul(x2, b3));
    const x3 = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(x3, b0));
    c31 = f32x4.add(c31, f32x4.mul(x3, b1));
    c32 = f32x4.add(c32, f32x4.mul(x3, b2));
    c33 = f32x4.add(c33, f32x4.mul(x3, b3));
    a0 += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    b += 64;
  }
  v128.store(tile, c00, 0);
  v128.store(tile, c01, 16);
  v128.store(tile, c02, 32);
  v128.store(tile, c03, 48);
  v128.store(tile, c10, 64);
  v128.store(tile, c11, 80);
  v128.store(tile, c12, 96);
  v128.store(tile, c13, 112);
  v128.store(tile, c20, 128);
  v128.store(tile, c21, 144);
  v128.store(tile, c22, 160);
  v128.store(tile, c23, 176);
  v128.store(tile, c30, 192);
  v128.store(tile, c31, 208);
  v128.store(tile, c32, 224);
  v128.store(tile, c33, 240);
}

/** sums [1 × 32] += A · B for 1 row of A and 32 columns of B where they stand; strides in bytes, B's columns side by side. */
export function flatKernel1x32(depth: i32, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, sums: usize, stride: usize): void {
  let c0_0 = v128.load(sums, 0), c0_1 = v128.load(sums, 16), c0_2 = v128.load(sums, 32), c0_3 = v128.load(sums, 48), c0_4 = v128.load(sums, 64), c0_5 = v128.load(sums, 80), c0_6 = v128.load(sums, 96), c0_7 = v128.load(sums, 112);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    const b4 = v128.load(b, 64);
    const b5 = v128.load(b, 80);
    const b6 = v128.load(b, 96);
    const b7 = v128.load(b, 112);
    const a0 = v128.load32_splat(a);
    c0_0 = f32x4.add(c0_0, f32x4.mul(a0, b0));
    c0_1 = f32x4.add(c0_1, f32x4.mul(a0, b1));
    c0_2 = f32x4.add(c0_2, f32x4.mul(a0, b2));
    c0_3 = f32x4.add(c0_3, f32x4.mul(a0, b3));
    c0_4 = f32x4.add(c0_4, f32x4.mul(a0, b4));
    c0_5 = f32x4.add(c0_5, f32x4.mul(a0, b5));
    c0_6 = f32x4.add(c0_6, f32x4.mul(a0, b6));
    c0_7 = f32x4.add(c0_7, f32x4.mul(a0, b7));
    a += aColumn;
    b += bRow;
  }
  v128.store(sums, c0_0, 0);
  v128.store(sums, c0_1, 16);
  v128.store(sums, c0_2, 32);
  v128.store(sums, c0_3, 48);
  v128.store(sums, c0_4, 64);
  v128.store(sums, c0_5, 80);
  v128.store(sums, c0_6, 96);
  v128.store(sums, c0_7, 112);
}

/** sums [2 × 16] += A · B for 2 rows of A and 16 columns of B where they stand; strides in bytes, B's columns side by side. */
export function flatKernel2x16(depth: i32, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, sums: usize, stride: usize): void {
  let c0_0 = v128.load(sums, 0), c0_1 = v128.load(sums, 16), c0_2 = v128.load(sums, 32), c0_3 = v128.load(sums, 48);
  let c1_0 = v128.load(sums + 1 * stride, 0), c1_1 = v128.load(sums + 1 * stride, 16), c1_2 = v128.load(sums + 1 * stride, 32), c1_3 = v128.load(sums + 1 * stride, 48);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    const a0 = v128.load32_splat(a);
    c0_0 = f32x4.add(c0_0, f32x4.mul(a0, b0));
    c0_1 = f32x4.add(c0_1, f32x4.mul(a0, b1));
    c0_2 = f32x4.add(c0_2, f32x4.mul(a0, b2));
    c0_3 = f32x4.add(c0_3, f32x4.mul(a0, b3));
    const a1 = v128.load32_splat(a + 1 * aRow);
    c1_0 = f32x4.add(c1_0, f32x4.mul(a1, b0));
    c1_1 = f32x4.add(c1_1, f32x4.mul(a1, b1));
    c1_2 = f32x4.add(c1_2, f32x4.mul(a1, b2));
    c1_3 = f32x4.add(c1_3, f32x4.mul(a1, b3));
    a += aColumn;
    b += bRow;
  }
  v128.store(sums, c0_0, 0);
  v128.store(sums, c0_1, 16);
  v128.store(sums, c0_2, 32);
  v128.store(sums, c0_3, 48);
  v128.store(sums + 1 * stride, c1_0, 0);
  v128.store(sums + 1 * stride, c1_1, 16);
  v128.store(sums + 1 * stride, c1_2, 32);
  v128.store(sums + 1 * stride, c1_3, 48);
}

/** sums [4 × 8] += A · B for 4 rows of A and 8 columns of B where they stand; strides in bytes, B's columns side by side. */
export function flatKernel4x8(depth: i32, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, sums: usize, stride: usize): void {
  let c0_0 = v128.load(sums, 0), c0_1 = v128.load(sums, 16);
  let c1_0 = v128.load(sums + 1 * stride, 0), c1_1 = v128.load(sums + 1 * stride, 16);
  let c2_0 = v128.load(sums + 2 * stride, 0), c2_1 = v128.load(sums + 2 * stride, 16);
  let c3_0 = v128.load(sums + 3 * stride, 0), c3_1 = v128.load(sums + 3 * stride, 16);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c0_0 = f32x4.add(c0_0, f32x4.mul(a0, b0));
    c0_1 = f32x4.add(c0_1, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(a + 1 * aRow);
    c1_0 = f32x4.add(c1_0, f32x4.mul(a1, b0));
    c1_1 = f32x4.add(c1_1, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(a + 2 * aRow);
    c2_0 = f32x4.add(c2_0, f32x4.mul(a2, b0));
    c2_1 = f32x4.add(c2_1, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(a + 3 * aRow);
    c3_0 = f32x4.add(c3_0, f32x4.mul(a3, b0));
    c3_1 = f32x4.add(c3_1, f32x4.mul(a3, b1));
    a += aColumn;
    b += bRow;
  }
  v128.store(sums, c0_0, 0);
  v128.store(sums, c0_1, 16);
  v128.store(sums + 1 * stride, c1_0, 0);
  v128.store(sums + 1 * stride, c1_1, 16);
  v128.store(sums + 2 * stride, c2_0, 0);
  v128.store(sums + 2 * stride, c2_1, 16);
  v128.store(sums + 3 * stride, c3_0, 0);
  v128.store(sums + 3 * stride, c3_1, 16);
}

/** sums [5 × 8] += A · B for 5 rows of A and 8 columns of B where they stand; strides in bytes, B's columns side by side. */
export function flatKernel5x8(depth: i32, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, sums: usize, stride: usize): void {
  let c0_0 = v128.load(sums, 0), c0_1 = v128.load(sums, 16);
  let c1_0 = v128.load(sums + 1 * stride, 0), c1_1 = v128.load(sums + 1 * stride, 16);
  let c2_0 = v128.load(sums + 2 * stride, 0), c2_1 = v128.load(sums + 2 * stride, 16);
  let c3_0 = v128.load(sums + 3 * stride, 0), c3_1 = v128.load(sums + 3 * stride, 16);
  let c4_0 = v128.load(sums + 4 * stride, 0), c4_1 = v128.load(sums + 4 * stride, 16);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c0_0 = f32x4.add(c0_0, f32x4.mul(a0, b0));
    c0_1 = f32x4.add(c0_1, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(a + 1 * aRow);
    c1_0 = f32x4.add(c1_0, f32x4.mul(a1, b0));
    c1_1 = f32x4.add(c1_1, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(a + 2 * aRow);
    c2_0 = f32x4.add(c2_0, f32x4.mul(a2, b0));
    c2_1 = f32x4.add(c2_1, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(a + 3 * aRow);
    c3_0 = f32x4.add(c3_0, f32x4.mul(a3, b0));
    c3_1 = f32x4.add(c3_1, f32x4.mul(a3, b1));
    const a4 = v128.load32_splat(a + 4 * aRow);
    c4_0 = f32x4.add(c4_0, f32x4.mul(a4, b0));
    c4_1 = f32x4.add(c4_1, f32x4.mul(a4, b1));
    a += aColumn;
    b += bRow;
  }
  v128.store(sums, c0_0, 0);
  v128.store(sums, c0_1, 16);
  v128.store(sums + 1 * stride, c1_0, 0);
  v128.store(sums + 1 * stride, c1_1, 16);
  v128.store(sums + 2 * stride, c2_0, 0);
  v128.store(sums + 2 * stride, c2_1, 16);
  v128.store(sums + 3 * stride, c3_0, 0);
  v128.store(sums + 3 * stride, c3_1, 16);
  v128.store(sums + 4 * stride, c4_0, 0);
  v128.store(sums + 4 * stride, c4_1, 16);
}
