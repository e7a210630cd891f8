// The product whose C has few columns, as an output layer's: packing A would cost as much as the product, so the kernel
// reads it where it stands. Sums are in blocks of KC, in the order of k, as in the dense loops.
import { WIDE } from "../team/control";
import { finishBlock } from "../team/finishBlock";
import { edgeTile, packedB } from "../workspace";
import { thinKernel4x12, thinKernel4x16, thinKernel4x8 } from "./thinKernels";
import { packSliver } from "./pack";
import { a, alpha, aColumn, aRow, b, bColumn, beta, bRow, c, cRow, k, n } from "./product";
import { storeEdge } from "./storeEdge";
import { blockDepth, MR } from "./tiles";

/** The most columns of a thin C. */
export const THIN: i32 = 16;

// Up to four rows of C: fewer than four are read more than once, and stored once.
function strip(width: i32, rows: i32, depth: i32, factor: f32, from: usize, target: usize): void {
  const step = rows == MR ? aRow : 0;
  if (width == 8) thinKernel4x8(depth, from, step, aColumn, packedB, edgeTile);
  else if (width == 12) thinKernel4x12(depth, from, step, aColumn, packedB, edgeTile);
  else thinKernel4x16(depth, from, step, aColumn, packedB, edgeTile);
  storeEdge(edgeTile, (width as usize) << 2, rows, n, alpha, factor, target, cRow);
}

/** `rows` rows of C [m × n] from `firstRow` on, n ≤ THIN and k ≥ 1. */
export function thinBlock(firstRow: i32, rows: i32): void {
  const width = n <= 8 ? 8 : n <= 12 && load<i32>(WIDE) == 0 ? 12 : 16;
  const deepest = blockDepth(k);
  for (let pc = 0; pc < k; pc += deepest) {
    const depth = min(deepest, k - pc);
    const factor: f32 = pc == 0 ? beta : 1;
    packSliver(b + (pc as usize) * bRow, bColumn, bRow, n, width, depth, packedB);
    const from = a + (firstRow as usize) * aRow + (pc as usize) * aColumn;
    const target = c + (firstRow as usize) * cRow;
    let row = 0;
    for (; row + MR <= rows; row += MR) strip(width, MR, depth, factor, from + (row as usize) * aRow, target + (row as usize) * cRow);
    for (; row < rows; row++) strip(width, 1, depth, factor, from + (row as usize) * aRow, target + (row as usize) * cRow);
  }
  finishBlock(firstRow, rows, 0, n);
}
