// gemm where op(A) is mostly zeros: the same blocks of k in the same order as the dense loops, the zeros left out, so
// the result has the same bits wherever B is finite.
import { packB } from "../level3/pack";
import { storeEdge } from "../level3/storeEdge";
import { KC, NC } from "../level3/tiles";
import { edgeTile, ends, entries, packedB, SPARSE_ROWS } from "../workspace";
import { compressRows } from "./compress";
import { kernel1x32, WIDE, WIDE_STEP } from "./kernel1x32";

// All rows of one compressed block times one packed panel of B; a sliver of B (32 KiB) stays in L1 for all of them.
function tiles(rows: i32, columns: i32, depth: i32, alpha: f32, beta: f32, c: usize, stride: usize): void {
  for (let column = 0; column < columns; column += WIDE) {
    const b = packedB + WIDE_STEP * (depth as usize) * ((column / WIDE) as usize);
    const valid = min(WIDE, columns - column);
    let entry = entries;
    let target = c + ((column as usize) << 2);
    for (let row = 0; row < rows; row++) {
      const end = load<usize>(ends + (row as usize) * sizeof<usize>());
      if (valid == WIDE) {
        kernel1x32(entry, end, alpha, b, beta, target);
      } else {
        kernel1x32(entry, end, alpha, b, 0, edgeTile);
        storeEdge(edgeTile, WIDE_STEP, 1, valid, beta, target, stride);
      }
      entry = end;
      target += stride;
    }
  }
}

/** As gemm, with strides in bytes: C [m × n] = α · op(A) · op(B) + β · C, k ≥ 1. */
export function sparseGemm(
  m: i32, n: i32, k: i32, alpha: f32,
  a: usize, aRow: usize, aColumn: usize,
  b: usize, bRow: usize, bColumn: usize,
  beta: f32, c: usize, stride: usize,
): void {
  for (let jc = 0; jc < n; jc += NC) {
    const columns = min(NC, n - jc);
    for (let pc = 0; pc < k; pc += KC) {
      const depth = min(KC, k - pc);
      packB(b + (pc as usize) * bRow + (jc as usize) * bColumn, bRow, bColumn, depth, columns, WIDE, packedB);
      for (let ic = 0; ic < m; ic += SPARSE_ROWS) {
        const rows = min(SPARSE_ROWS, m - ic);
        compressRows(a + (ic as usize) * aRow + (pc as usize) * aColumn, aRow, aColumn, rows, depth, entries, ends);
        tiles(rows, columns, depth, alpha, pc == 0 ? beta : 1, c + (ic as usize) * stride + ((jc as usize) << 2), stride);
      }
    }
  }
}
