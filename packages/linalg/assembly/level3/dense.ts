// The dense product in the five loops of BLIS: columns by NC, depth by KC, rows by MC (pack A), then the tiles. Each
// element of C is summed in blocks of KC, in the order of k: the order depends on the shape alone.
import { WIDE } from "../team/control";
import { finishBlock } from "../team/finishBlock";
import { edgeTile, packedA, packedB } from "../workspace";
import { kernel4x16, kernel4x8 } from "./kernels";
import { packA, packSliver } from "./pack";
import { a, alpha, aColumn, aRow, b, bColumn, beta, bRow, c, cRow, k, m } from "./product";
import { storeEdge } from "./storeEdge";
import { A_STEP, B_STEP, blockDepth, MC, MR, NC, NR } from "./tiles";

const HALF: i32 = NR / 2;

// One sliver of B times the tiles of a packed block of A: whole tiles of 4 × 16, or as two columns of 4 × 8.
function tiles(rows: i32, columns: i32, depth: i32, factor: f32, sliver: usize, target: usize): void {
  if (factor != 0) touch(rows, target);
  if (load<i32>(WIDE) != 0 && columns == NR) return column(NR, NR, rows, depth, factor, sliver, target);
  column(HALF, min(HALF, columns), rows, depth, factor, sliver, target);
  if (columns > HALF) column(HALF, columns - HALF, rows, depth, factor, sliver + B_STEP / 2, target + B_STEP / 2);
}

// One column of tiles, `width` wide, of which `columns` are C's.
function column(width: i32, columns: i32, rows: i32, depth: i32, factor: f32, sliver: usize, target: usize): void {
  const step = A_STEP * (depth as usize);
  const whole = columns == width ? rows & ~(MR - 1) : 0;
  const down = (MR as usize) * cRow;
  let block = packedA;
  let row = 0;
  for (; row < whole; row += MR, block += step, target += down) {
    if (width == NR) kernel4x16(depth, alpha, block, sliver, factor, target, cRow);
    else kernel4x8(depth, alpha, block, sliver, factor, target, cRow);
  }
  for (; row < rows; row += MR, block += step, target += down) {
    kernel4x8(depth, alpha, block, sliver, 0, edgeTile, B_STEP);
    if (width == NR) kernel4x8(depth, alpha, block, sliver + B_STEP / 2, 0, edgeTile + B_STEP / 2, B_STEP);
    storeEdge(edgeTile, B_STEP, min(MR, rows - row), columns, 1, factor, target, cRow);
  }
}

// Brings a column of C near, all its lines at a time: one after the other, the tiles would wait for each.
function touch(rows: i32, target: usize): void {
  let touched = 0;
  for (let row = 0; row < rows; row++, target += cRow) touched |= load<i32>(target);
  store<i32>(edgeTile, touched);
}

/** All rows of C, `columns` columns from `first` on; k ≥ 1. */
export function denseColumns(first: i32, columns: i32): void {
  denseBlock(0, m, first, columns);
}

/** `rows` rows of C from `firstRow` on, `columns` columns from `firstColumn` on; k ≥ 1. */
export function denseBlock(firstRow: i32, rows: i32, firstColumn: i32, columns: i32): void {
  const deepest = blockDepth(k);
  for (let jc = 0; jc < columns; jc += NC) {
    const width = min(NC, columns - jc);
    const column = firstColumn + jc;
    for (let pc = 0; pc < k; pc += deepest) {
      const depth = min(deepest, k - pc);
      const factor: f32 = pc == 0 ? beta : 1;
      const panel = b + (pc as usize) * bRow + (column as usize) * bColumn;
      for (let ic = 0; ic < rows; ic += MC) {
        const height = min(MC, rows - ic);
        const row = firstRow + ic;
        packA(a + (row as usize) * aRow + (pc as usize) * aColumn, aRow, aColumn, height, depth, packedA);
        const target = c + (row as usize) * cRow + ((column as usize) << 2);
        let sliver = packedB;
        for (let j = 0; j < width; j += NR) {
          const valid = min(NR, width - j);
          // Packed when the first rows need it, and then at hand in L1.
          if (ic == 0) packSliver(panel + (j as usize) * bColumn, bColumn, bRow, valid, NR, depth, sliver);
          tiles(height, valid, depth, factor, sliver, target + ((j as usize) << 2));
          sliver += B_STEP * (depth as usize);
        }
        if (pc + depth == k) finishBlock(row, height, column, width);
      }
    }
  }
}
