// C = α · A · B + β · C in the five loops of BLIS: columns by NC, depth by KC (pack B), rows by MC (pack A), then the
// tiles. Each element of C is summed in blocks of KC, in the order of k: the order depends on the shape alone.
import { kernel4x8 } from "./kernel4x8";
import { packA, packB } from "./pack";
import { A_STEP, B_STEP, KC, MC, MR, NC, NR } from "./tiles";

const packedA: usize = memory.data(MC * KC * 4, 64);
const packedB: usize = memory.data(KC * NC * 4, 64);
const edgeTile: usize = memory.data(MR * NR * 4, 16);
const EDGE_STRIDE: usize = NR * 4;

// A tile that reaches over C's edge is computed in full beside it; only its valid part is read from and written to C.
function edge(depth: i32, alpha: f32, a: usize, b: usize, beta: f32, c: usize, stride: usize, rows: i32, columns: i32): void {
  kernel4x8(depth, alpha, a, b, 0, edgeTile, EDGE_STRIDE);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const target = c + (row as usize) * stride + ((column as usize) << 2);
      let value = load<f32>(edgeTile + (row as usize) * EDGE_STRIDE + ((column as usize) << 2));
      if (beta == 1) value = load<f32>(target) + value;
      else if (beta != 0) value = load<f32>(target) * beta + value;
      store<f32>(target, value);
    }
  }
}

// All tiles of one packed block of A [rows × depth] times one packed panel of B [depth × columns].
function tiles(rows: i32, columns: i32, depth: i32, alpha: f32, beta: f32, c: usize, stride: usize): void {
  for (let column = 0; column < columns; column += NR) {
    const b = packedB + B_STEP * (depth as usize) * ((column / NR) as usize);
    for (let row = 0; row < rows; row += MR) {
      const a = packedA + A_STEP * (depth as usize) * ((row / MR) as usize);
      const tile = c + (row as usize) * stride + ((column as usize) << 2);
      if (row + MR <= rows && column + NR <= columns) kernel4x8(depth, alpha, a, b, beta, tile, stride);
      else edge(depth, alpha, a, b, beta, tile, stride, min(MR, rows - row), min(NR, columns - column));
    }
  }
}

// β · C where there is nothing to add (k = 0).
function scaleC(rows: i32, columns: i32, beta: f32, c: usize): void {
  const end = c + (((rows as usize) * (columns as usize)) << 2);
  for (; c < end; c += 4) store<f32>(c, beta == 0 ? 0 : load<f32>(c) * beta);
}

/**
 * C [m × n] = α · op(A) · op(B) + β · C, with op(A) [m × k] and op(B) [k × n].
 * Strides are in elements: op(A)[i, p] = a[i · aRow + p · aColumn], op(B)[p, j] = b[p · bRow + j · bColumn]; C is dense.
 */
export function gemm(
  m: i32, n: i32, k: i32, alpha: f32,
  a: usize, aRow: i32, aColumn: i32,
  b: usize, bRow: i32, bColumn: i32,
  beta: f32, c: usize,
): void {
  if (k == 0) return scaleC(m, n, beta, c);
  const aRowBytes = (aRow as usize) << 2, aColumnBytes = (aColumn as usize) << 2;
  const bRowBytes = (bRow as usize) << 2, bColumnBytes = (bColumn as usize) << 2;
  const stride = (n as usize) << 2;
  for (let jc = 0; jc < n; jc += NC) {
    const columns = min(NC, n - jc);
    for (let pc = 0; pc < k; pc += KC) {
      const depth = min(KC, k - pc);
      const blockBeta: f32 = pc == 0 ? beta : 1;
      packB(b + (pc as usize) * bRowBytes + (jc as usize) * bColumnBytes, bRowBytes, bColumnBytes, depth, columns, packedB);
      for (let ic = 0; ic < m; ic += MC) {
        const rows = min(MC, m - ic);
        packA(a + (ic as usize) * aRowBytes + (pc as usize) * aColumnBytes, aRowBytes, aColumnBytes, rows, depth, packedA);
        tiles(rows, columns, depth, alpha, blockBeta, c + (ic as usize) * stride + ((jc as usize) << 2), stride);
      }
    }
  }
}
