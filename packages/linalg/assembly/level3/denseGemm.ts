// The dense product in the five loops of BLIS: columns by NC, depth by KC (pack B), rows by MC (pack A), then the
// tiles. Each element of C is summed in blocks of KC, in the order of k: the order depends on the shape alone.
import { kernel4x8 } from "./kernel4x8";
import { edgeTile, packedA, packedB } from "../workspace";
import { packA, packB } from "./pack";
import { storeEdge } from "./storeEdge";
import { A_STEP, B_STEP, KC, MC, MR, NC, NR } from "./tiles";

const EDGE_STRIDE: usize = NR * 4;

// All tiles of one packed block of A [rows × depth] times one packed panel of B [depth × columns].
function tiles(rows: i32, columns: i32, depth: i32, alpha: f32, beta: f32, c: usize, stride: usize): void {
  for (let column = 0; column < columns; column += NR) {
    const b = packedB + B_STEP * (depth as usize) * ((column / NR) as usize);
    for (let row = 0; row < rows; row += MR) {
      const a = packedA + A_STEP * (depth as usize) * ((row / MR) as usize);
      const tile = c + (row as usize) * stride + ((column as usize) << 2);
      if (row + MR <= rows && column + NR <= columns) {
        kernel4x8(depth, alpha, a, b, beta, tile, stride);
      } else {
        kernel4x8(depth, alpha, a, b, 0, edgeTile, EDGE_STRIDE);
        storeEdge(edgeTile, EDGE_STRIDE, min(MR, rows - row), min(NR, columns - column), beta, tile, stride);
      }
    }
  }
}

/** C [m × n] = α · op(A) · op(B) + β · C, strides in bytes, k ≥ 1. */
export function denseGemm(
  m: i32, n: i32, k: i32, alpha: f32,
  a: usize, aRow: usize, aColumn: usize,
  b: usize, bRow: usize, bColumn: usize,
  beta: f32, c: usize, stride: usize,
): void {
  for (let jc = 0; jc < n; jc += NC) {
    const columns = min(NC, n - jc);
    for (let pc = 0; pc < k; pc += KC) {
      const depth = min(KC, k - pc);
      packB(b + (pc as usize) * bRow + (jc as usize) * bColumn, bRow, bColumn, depth, columns, NR, packedB);
      for (let ic = 0; ic < m; ic += MC) {
        const rows = min(MC, m - ic);
        packA(a + (ic as usize) * aRow + (pc as usize) * aColumn, aRow, aColumn, rows, depth, packedA);
        tiles(rows, columns, depth, alpha, pc == 0 ? beta : 1, c + (ic as usize) * stride + ((jc as usize) << 2), stride);
      }
    }
  }
}
