// Written by assembly/generate.mjs: change that, and run it.
// Sparse tiles: one row of C from the nonzeros of one row of op(A), with B in a packed panel. Many sums hide the latency of the
// additions, and a value is loaded once for all of them.
import { storePair } from "../level3/storePair";
import { ENTRY } from "./segments";

/** C[1 × 40] = α · Σ value · B[k] + β · C over the entries from `entry` to `end`, in their order; `b` is a packed panel. */
export function sparseKernel1x40(entry: usize, end: usize, alpha: f32, b: usize, beta: f32, c: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  let c4 = f32x4.splat(0);
  let c5 = f32x4.splat(0);
  let c6 = f32x4.splat(0);
  let c7 = f32x4.splat(0);
  let c8 = f32x4.splat(0);
  let c9 = f32x4.splat(0);
  for (; entry < end; entry += ENTRY) {
    const row = b + (load<u16>(entry) as usize);
    const value = v128.load32_splat(entry, 4);
    c0 = f32x4.add(c0, f32x4.mul(value, v128.load(row, 0)));
    c1 = f32x4.add(c1, f32x4.mul(value, v128.load(row, 16)));
    c2 = f32x4.add(c2, f32x4.mul(value, v128.load(row, 32)));
    c3 = f32x4.add(c3, f32x4.mul(value, v128.load(row, 48)));
    c4 = f32x4.add(c4, f32x4.mul(value, v128.load(row, 64)));
    c5 = f32x4.add(c5, f32x4.mul(value, v128.load(row, 80)));
    c6 = f32x4.add(c6, f32x4.mul(value, v128.load(row, 96)));
    c7 = f32x4.add(c7, f32x4.mul(value, v128.load(row, 112)));
    c8 = f32x4.add(c8, f32x4.mul(value, v128.load(row, 128)));
    c9 = f32x4.add(c9, f32x4.mul(value, v128.load(row, 144)));
  }
  storePair(c + 0, c0, c1, alpha, beta);
  storePair(c + 32, c2, c3, alpha, beta);
  storePair(c + 64, c4, c5, alpha, beta);
  storePair(c + 96, c6, c7, alpha, beta);
  storePair(c + 128, c8, c9, alpha, beta);
}

/** C[1 × 32] = α · Σ value · B[k] + β · C over the entries from `entry` to `end`, in their order; `b` is a packed panel. */
export function sparseKernel1x32(entry: usize, end: usize, alpha: f32, b: usize, beta: f32, c: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  let c4 = f32x4.splat(0);
  let c5 = f32x4.splat(0);
  let c6 = f32x4.splat(0);
  let c7 = f32x4.splat(0);
  for (; entry < end; entry += ENTRY) {
    const row = b + (load<u16>(entry) as usize);
    const value = v128.load32_splat(entry, 4);
    c0 = f32x4.add(c0, f32x4.mul(value, v128.load(row, 0)));
    c1 = f32x4.add(c1, f32x4.mul(value, v128.load(row, 16)));
    c2 = f32x4.add(c2, f32x4.mul(value, v128.load(row, 32)));
    c3 = f32x4.add(c3, f32x4.mul(value, v128.load(row, 48)));
    c4 = f32x4.add(c4, f32x4.mul(value, v128.load(row, 64)));
    c5 = f32x4.add(c5, f32x4.mul(value, v128.load(row, 80)));
    c6 = f32x4.add(c6, f32x4.mul(value, v128.load(row, 96)));
    c7 = f32x4.add(c7, f32x4.mul(value, v128.load(row, 112)));
  }
  storePair(c + 0, c0, c1, alpha, beta);
  storePair(c + 32, c2, c3, alpha, beta);
  storePair(c + 64, c4, c5, alpha, beta);
  storePair(c + 96, c6, c7, alpha, beta);
}

/** C[1 × 24] = α · Σ value · B[k] + β · C over the entries from `entry` to `end`, in their order; `b` is a packed panel. */
export function sparseKernel1x24(entry: usize, end: usize, alpha: f32, b: usize, beta: f32, c: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  let c4 = f32x4.splat(0);
  let c5 = f32x4.splat(0);
  for (; entry < end; entry += ENTRY) {
    const row = b + (load<u16>(entry) as usize);
    const value = v128.load32_splat(entry, 4);
    c0 = f32x4.add(c0, f32x4.mul(value, v128.load(row, 0)));
    c1 = f32x4.add(c1, f32x4.mul(value, v128.load(row, 16)));
    c2 = f32x4.add(c2, f32x4.mul(value, v128.load(row, 32)));
    c3 = f32x4.add(c3, f32x4.mul(value, v128.load(row, 48)));
    c4 = f32x4.add(c4, f32x4.mul(value, v128.load(row, 64)));
    c5 = f32x4.add(c5, f32x4.mul(value, v128.load(row, 80)));
  }
  storePair(c + 0, c0, c1, alpha, beta);
  storePair(c + 32, c2, c3, alpha, beta);
  storePair(c + 64, c4, c5, alpha, beta);
}

/** C[1 × 16] = α · Σ value · B[k] + β · C over the entries from `entry` to `end`, in their order; `b` is a packed panel. */
export function sparseKernel1x16(entry: usize, end: usize, alpha: f32, b: usize, beta: f32, c: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  for (; entry < end; entry += ENTRY) {
    const row = b + (load<u16>(entry) as usize);
    const value = v128.load32_splat(entry, 4);
    c0 = f32x4.add(c0, f32x4.mul(value, v128.load(row, 0)));
    c1 = f32x4.add(c1, f32x4.mul(value, v128.load(row, 16)));
    c2 = f32x4.add(c2, f32x4.mul(value, v128.load(row, 32)));
    c3 = f32x4.add(c3, f32x4.mul(value, v128.load(row, 48)));
  }
  storePair(c + 0, c0, c1, alpha, beta);
  storePair(c + 32, c2, c3, alpha, beta);
}

/** C[1 × 8] = α · Σ value · B[k] + β · C over the entries from `entry` to `end`, in their order; `b` is a packed panel. */
export function sparseKernel1x8(entry: usize, end: usize, alpha: f32, b: usize, beta: f32, c: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  for (; entry < end; entry += ENTRY) {
    const row = b + (load<u16>(entry) as usize);
    const value = v128.load32_splat(entry, 4);
    c0 = f32x4.add(c0, f32x4.mul(value, v128.load(row, 0)));
    c1 = f32x4.add(c1, f32x4.mul(value, v128.load(row, 16)));
  }
  storePair(c + 0, c0, c1, alpha, beta);
}
