// C = α · A · B + β · C in the five loops of BLIS: columns by NC, depth by KC (pack B), rows by MC (pack A), then the
// tiles. Each element of C is summed in blocks of KC, in the order of k: the order depends on the shape alone.
import { kernel4x8 } from "./kernel4x8";
import { packA, packB, packedB } from "./pack";
import { storeEdge } from "./storeEdge";
import { A_STEP, B_STEP, KC, MC, MR, NC, NR } from "./tiles";
import { allFinite, countNonzeros } from "../sparse/compress";
import { WIDE } from "../sparse/kernel1x32";
import { sparseGemm } from "../sparse/sparseGemm";

const packedA: usize = memory.data(MC * KC * 4, 64);
const edgeTile: usize = memory.data(MR * NR * 4, 16);
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

// β · C where there is nothing to add (k = 0).
function scaleC(rows: i32, columns: i32, beta: f32, c: usize): void {
  const end = c + (((rows as usize) * (columns as usize)) << 2);
  for (; c < end; c += 4) store<f32>(c, beta == 0 ? 0 : load<f32>(c) * beta);
}

// The five loops; strides in bytes, k ≥ 1.
function denseGemm(
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

// Whether leaving out A's zeros pays: a rule on shape and content alone, never on the machine. A row of the sparse tile
// is 32 columns wide, and below about half nonzeros it does less work than a dense tile. Where B is not finite,
// 0 · B is not 0 and the zeros must not be left out.
function isSparse(m: i32, n: i32, k: i32, a: usize, b: usize): bool {
  if (n < WIDE || m * k < 1024) return false;
  return countNonzeros(m * k, a) <= (m * k) >> 1 && allFinite(k * n, b);
}

/**
 * C [m × n] = α · op(A) · op(B) + β · C, with op(A) [m × k] and op(B) [k × n], each dense or a transpose of it.
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
  if (isSparse(m, n, k, a, b)) sparseGemm(m, n, k, alpha, a, aRowBytes, aColumnBytes, b, bRowBytes, bColumnBytes, beta, c, stride);
  else denseGemm(m, n, k, alpha, a, aRowBytes, aColumnBytes, b, bRowBytes, bColumnBytes, beta, c, stride);
}
