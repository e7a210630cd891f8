// Packing copies a block of A or B into slivers that the micro-kernel reads with stride one. Strides absorb every
// transpose; rows and columns beyond the matrix become zeros, so the kernel always works on whole tiles.
//
//   A block [rows × depth] → slivers of MR rows, each stored [depth][MR]
//   B block [depth × columns] → slivers of `width` columns, each stored [depth][width]
import { A_STEP, MR } from "./tiles";

// to[k][lane] = from[lane · laneStride + k · depthStride] for `lanes` of `width` lanes, the others zero; strides in bytes.
function packSliver(from: usize, laneStride: usize, depthStride: usize, lanes: i32, width: i32, depth: i32, to: usize): void {
  if (laneStride == 4 && lanes == width) return copyRows(from, depthStride, width, depth, to);
  const step = (width as usize) << 2;
  for (let lane = 0; lane < width; lane++) {
    let source = from + (lane as usize) * laneStride;
    let target = to + ((lane as usize) << 2);
    for (let k = 0; k < depth; k++) {
      store<f32>(target, lane < lanes ? load<f32>(source) : 0);
      source += depthStride;
      target += step;
    }
  }
}

// A whole sliver whose lanes lie side by side: `width` is a multiple of four.
function copyRows(from: usize, depthStride: usize, width: i32, depth: i32, to: usize): void {
  const bytes = (width as usize) << 2;
  for (let k = 0; k < depth; k++) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
    from += depthStride;
    to += bytes;
  }
}

/** Packs A [rows × depth] into ⌈rows / MR⌉ slivers; strides in bytes. */
export function packA(from: usize, rowStride: usize, columnStride: usize, rows: i32, depth: i32, to: usize): void {
  for (let row = 0; row < rows; row += MR) {
    packSliver(from + (row as usize) * rowStride, rowStride, columnStride, min(MR, rows - row), MR, depth, to);
    to += A_STEP * (depth as usize);
  }
}

/** Packs B [depth × columns] into ⌈columns / width⌉ slivers; strides in bytes. */
export function packB(from: usize, rowStride: usize, columnStride: usize, depth: i32, columns: i32, width: i32, to: usize): void {
  for (let column = 0; column < columns; column += width) {
    packSliver(from + (column as usize) * columnStride, columnStride, rowStride, min(width, columns - column), width, depth, to);
    to += ((width * depth) as usize) << 2;
  }
}
