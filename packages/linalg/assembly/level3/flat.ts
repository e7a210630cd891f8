// The product whose C has few rows, as a single sample's: packing would cost as much as the product, so the kernels read A
// and B where they stand, some rows of B at a time from end to end, as memory likes to be read. Sums are in blocks of KC, in
// the order of k, as in the dense loops; they run in a buffer and go to C at a block's end.
import { finishBlock } from "../team/finishBlock";
import { packedB } from "../workspace";
import { denseColumns } from "./dense";
import { flatKernel1x32, flatKernel2x16, flatKernel4x8, flatKernel5x8 } from "./flatKernels";
import { a, alpha, aColumn, aRow, b, beta, bRow, c, cRow, k, m } from "./product";
import { storePair } from "./storePair";
import { blockDepth, NC } from "./tiles";

/** The most rows of a flat C. */
export const FLAT: i32 = 16;
/** Columns that all kernels divide. */
const STRIP: i32 = 32;
/** Rows of B that are read together: streams that the processor follows. */
const STREAMS: i32 = 16;

/** `columns` columns of C [m × n] from `first` on; m ≤ FLAT, k ≥ 1, B's columns side by side. */
export function flatBlock(first: i32, columns: i32): void {
  const whole = columns & ~(STRIP - 1);
  for (let jc = 0; jc < whole; jc += NC) panel(first + jc, min(NC, whole - jc));
  if (whole < columns) denseColumns(first + whole, columns - whole);
}

// As many columns as the buffer has room for.
function panel(first: i32, columns: i32): void {
  const deepest = blockDepth(k);
  const stride = (columns as usize) << 2;
  const target = c + ((first as usize) << 2);
  for (let pc = 0; pc < k; pc += deepest) {
    memory.fill(packedB, 0, (m as usize) * stride);
    const end = min(k, pc + deepest);
    for (let p = pc; p < end; p += STREAMS) rows(p, min(STREAMS, end - p), first, columns, stride);
    addSums(columns, pc == 0 ? beta : 1, stride, target);
  }
  finishBlock(0, m, first, columns);
}

// sums += A[:, p …] · B[p …, :]
function rows(p: i32, depth: i32, first: i32, columns: i32, stride: usize): void {
  const from = a + (p as usize) * aColumn;
  let source = b + (p as usize) * bRow + ((first as usize) << 2);
  let sums = packedB;
  for (let column = 0; column < columns; column += STRIP, source += 128, sums += 128) strip(depth, from, source, sums, stride);
}

// All rows of a strip of C, in fives where they come out even, else in fours.
function strip(depth: i32, from: usize, source: usize, sums: usize, stride: usize): void {
  const tall = m % 5 == 0 || m % 5 == 4 ? 5 : 4;
  for (let row = 0; row < m; ) {
    const left = m - row;
    const height = left >= tall ? tall : left >= 4 ? 4 : left >= 2 ? 2 : 1;
    tile(height, depth, from + (row as usize) * aRow, source, sums + (row as usize) * stride, stride);
    row += height;
  }
}

function tile(height: i32, depth: i32, from: usize, source: usize, sums: usize, stride: usize): void {
  if (height == 1) return flatKernel1x32(depth, from, aRow, aColumn, source, bRow, sums, stride);
  for (let at: usize = 0; at < 128; at += height == 2 ? 64 : 32) {
    if (height == 5) flatKernel5x8(depth, from, aRow, aColumn, source + at, bRow, sums + at, stride);
    else if (height == 4) flatKernel4x8(depth, from, aRow, aColumn, source + at, bRow, sums + at, stride);
    else flatKernel2x16(depth, from, aRow, aColumn, source + at, bRow, sums + at, stride);
  }
}

// C = α · sums + β · C.
function addSums(columns: i32, factor: f32, stride: usize, target: usize): void {
  let sums = packedB;
  for (let row = 0; row < m; row++, target += cRow, sums += stride) {
    for (let at: usize = 0; at < stride; at += 32) storePair(target + at, v128.load(sums + at), v128.load(sums + at, 16), alpha, factor);
  }
}
