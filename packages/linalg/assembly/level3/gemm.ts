// gemm as a job: which loops it takes, and each thread's part of C.
import { COLUMNS_EACH, partStart } from "../team/part";
import { finishBlock } from "../team/finishBlock";
import { prepareSparse } from "../sparse/prepare";
import { sparsePart } from "../sparse/sparse";
import { denseBlock, denseColumns } from "./dense";
import { flatBlock, FLAT } from "./flat";
import { bColumn, beta, c, cRow, k, m, n, takeEpilogue, takeProduct } from "./product";
import { thinBlock, THIN } from "./thin";
import { MR, NR } from "./tiles";

/**
 * The part of `thread` of a product whose arguments stand at `args`; the jobs from `next` to `end` are done with each block
 * of C once it is whole. All threads call it together. A C with enough columns
 * is divided by them, so that a layer's units are one thread's forward and backward, and stay in its cache; another one by rows.
 */
export function gemm(args: usize, next: usize, end: usize, thread: i32, threads: i32): void {
  takeProduct(args);
  takeEpilogue(next, end);
  if (k > 0 && prepareSparse(thread, threads)) return sparsePart(thread, threads);
  const byRows = n < COLUMNS_EACH * threads || 4 * (n as i64) < m;
  const unit = byRows ? MR : NR / 2;
  const first = partStart(byRows ? m : n, unit, thread, threads);
  const size = partStart(byRows ? m : n, unit, thread + 1, threads) - first;
  if (size == 0) return;
  if (!byRows) {
    if (k == 0) scale(0, m, first, size);
    else if (m <= FLAT && bColumn == 4) flatBlock(first, size);
    else denseColumns(first, size);
    return;
  }
  if (k == 0) scale(first, size, 0, n);
  else if (n <= THIN) thinBlock(first, size);
  else denseBlock(first, size, 0, n);
}

// β · C where there is nothing to add.
function scale(firstRow: i32, rows: i32, firstColumn: i32, columns: i32): void {
  for (let row = firstRow; row < firstRow + rows; row++) {
    for (let column = firstColumn; column < firstColumn + columns; column++) {
      const target = c + (row as usize) * cRow + ((column as usize) << 2);
      store<f32>(target, beta == 0 ? 0 : load<f32>(target) * beta);
    }
  }
  finishBlock(firstRow, rows, firstColumn, columns);
}
