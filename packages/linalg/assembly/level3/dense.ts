// The dense product in the five loops of BLIS: columns by NC, depth by KC, rows by MC (pack A), then the tiles. Each
// element of C is summed in blocks of KC, in the order of k: the order depends on the shape alone.
import { WIDE } from "../team/control";
import { finishBlock } from "../team/finishBlock";
import { edgeTile, packedA, packedB } from "../workspace";
import { kernel4x16, kernel4x8 } from "./kernels";
import { packA, packSliver } from "./pack";
import { a, alpha, aColumn, aRow, b, bColumn, beta, bRow, c, cRow, k } from "./product";
import { storeEdge } from "./storeEdge";
import { A_STEP, KC, MC, MR, NARROW_NR, NC, WIDE_NR } from "./tiles";

/** The NR of this execution. */
export function tileColumns(): i32 {
  return load<i32>(WIDE) != 0 ? WIDE_NR : NARROW_NR;
}

// One sliver of B times the tiles of a packed block of A.
function tiles(nr: i32, rows: i32, columns: i32, depth: i32, factor: f32, sliver: usize, target: usize): void {
  const tileStride = (nr as usize) << 2;
  const step = A_STEP * (depth as usize);
  let block = packedA;
  for (let row = 0; row < rows; row += MR) {
    const whole = row + MR <= rows && columns == nr;
    const tile = whole ? target : edgeTile;
    const stride = whole ? cRow : tileStride;
    const tileBeta: f32 = whole ? factor : 0;
    if (nr == WIDE_NR) kernel4x16(depth, alpha, block, sliver, tileBeta, tile, stride);
    else kernel4x8(depth, alpha, block, sliver, tileBeta, tile, stride);
    if (!whole) storeEdge(edgeTile, tileStride, min(MR, rows - row), columns, 1, factor, target, cRow);
    block += step;
    target += (MR as usize) * cRow;
  }
}

/** `rows` rows of C from `firstRow` on, `columns` columns from `firstColumn` on; k ≥ 1. */
export function denseBlock(firstRow: i32, rows: i32, firstColumn: i32, columns: i32): void {
  const nr = tileColumns();
  for (let jc = 0; jc < columns; jc += NC) {
    const width = min(NC, columns - jc);
    const column = firstColumn + jc;
    for (let pc = 0; pc < k; pc += KC) {
      const depth = min(KC, k - pc);
      const factor: f32 = pc == 0 ? beta : 1;
      const panel = b + (pc as usize) * bRow + (column as usize) * bColumn;
      for (let ic = 0; ic < rows; ic += MC) {
        const height = min(MC, rows - ic);
        const row = firstRow + ic;
        packA(a + (row as usize) * aRow + (pc as usize) * aColumn, aRow, aColumn, height, depth, packedA);
        const target = c + (row as usize) * cRow + ((column as usize) << 2);
        let sliver = packedB;
        for (let j = 0; j < width; j += nr) {
          const valid = min(nr, width - j);
          // Packed when the first rows need it, and then at hand in L1.
          if (ic == 0) packSliver(panel + (j as usize) * bColumn, bColumn, bRow, valid, nr, depth, sliver);
          tiles(nr, height, valid, depth, factor, sliver, target + ((j as usize) << 2));
          sliver += ((nr * depth) as usize) << 2;
        }
        if (pc + depth == k) finishBlock(row, height, column, width);
      }
    }
  }
}
