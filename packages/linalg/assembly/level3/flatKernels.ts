// Written by assembly/generate.mjs: change that, and run it.
// Dense tiles of a C of few rows.

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
