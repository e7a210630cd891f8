// gemm as it is called: the choice between the dense and the sparse loops, and each thread's part of C.
import { allFinite, countNonzeros } from "../sparse/compress";
import { WIDE } from "../sparse/kernel1x32";
import { sparseGemm } from "../sparse/sparseGemm";
import { partStart } from "../team/part";
import { denseGemm } from "./denseGemm";
import { MR, NR } from "./tiles";

/**
 * Whether leaving out A's zeros pays: a rule on shape and content alone, never on the machine. A row of the sparse tile
 * is 32 columns wide, and below about half nonzeros it does less work than a dense tile. Where B is not finite,
 * 0 · B is not 0 and the zeros must not be left out.
 */
export function isSparse(m: i32, n: i32, k: i32, a: usize, b: usize): bool {
  if (n < WIDE || m * k < 1024) return false;
  return countNonzeros(m * k, a) <= (m * k) >> 1 && allFinite(k * n, b);
}

/**
 * The part of `thread` of C [m × n] = α · op(A) · op(B) + β · C, with op(A) [m × k] and op(B) [k × n].
 * Strides are in elements: op(A)[i, p] = a[i · aRow + p · aColumn], op(B)[p, j] = b[p · bRow + j · bColumn]; C is dense.
 * Rows are divided, since each thread then packs its own part of A; a C of few rows is divided by columns.
 */
export function gemmPart(
  m: i32, n: i32, k: i32, alpha: f32,
  a: usize, aRow: i32, aColumn: i32,
  b: usize, bRow: i32, bColumn: i32,
  beta: f32, c: usize, sparse: bool, thread: i32, threads: i32,
): void {
  const stride = (n as usize) << 2;
  const aRowBytes = (aRow as usize) << 2, aColumnBytes = (aColumn as usize) << 2;
  const bRowBytes = (bRow as usize) << 2, bColumnBytes = (bColumn as usize) << 2;
  const byRows = m >= n || m >= 32 * threads;
  const unit = byRows ? MR : (sparse ? WIDE : NR);
  const first = partStart(byRows ? m : n, unit, thread, threads);
  const size = partStart(byRows ? m : n, unit, thread + 1, threads) - first;
  const rows = byRows ? size : m, columns = byRows ? n : size;
  if (rows == 0 || columns == 0) return;
  a += byRows ? (first as usize) * aRowBytes : 0;
  b += byRows ? 0 : (first as usize) * bColumnBytes;
  c += byRows ? (first as usize) * stride : (first as usize) << 2;
  if (k == 0) scaleC(rows, columns, beta, c, stride);
  else if (sparse) sparseGemm(rows, columns, k, alpha, a, aRowBytes, aColumnBytes, b, bRowBytes, bColumnBytes, beta, c, stride);
  else denseGemm(rows, columns, k, alpha, a, aRowBytes, aColumnBytes, b, bRowBytes, bColumnBytes, beta, c, stride);
}

// β · C where there is nothing to add (k = 0).
function scaleC(rows: i32, columns: i32, beta: f32, c: usize, stride: usize): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const target = c + (row as usize) * stride + ((column as usize) << 2);
      store<f32>(target, beta == 0 ? 0 : load<f32>(target) * beta);
    }
  }
}
