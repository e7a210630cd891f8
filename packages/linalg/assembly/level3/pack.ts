// Packing copies a block of A or B into slivers that the micro-kernel reads with stride one. Strides absorb every
// transpose; rows and columns beyond the matrix become zeros, so the kernel always works on whole tiles.
//
//   A block [rows × depth] → slivers of MR rows, each stored [depth][MR]
//   B block [depth × columns] → slivers of NR columns, each stored [depth][NR]
import { A_STEP, B_STEP, MR, NR } from "./tiles";

// Writes `width` interleaved lanes: to[k][lane] = from[lane · laneStride + k · depthStride]; strides in bytes.
// @ts-ignore: decorator
@inline
function packSliver(
  from: usize,
  laneStride: usize,
  depthStride: usize,
  lanes: i32,
  width: i32,
  depth: i32,
  to: usize,
): void {
  for (let lane = 0; lane < width; lane++) {
    let source = from + (lane as usize) * laneStride;
    let target = to + ((lane as usize) << 2);
    const step = (width as usize) << 2;
    if (lane < lanes) {
      for (let k = 0; k < depth; k++) {
        store<f32>(target, load<f32>(source));
        source += depthStride;
        target += step;
      }
    } else {
      for (let k = 0; k < depth; k++) {
        store<f32>(target, 0);
        target += step;
      }
    }
  }
}

/** Packs A [rows × depth] into ⌈rows / MR⌉ slivers; strides in bytes. */
export function packA(from: usize, rowStride: usize, columnStride: usize, rows: i32, depth: i32, to: usize): void {
  for (let row = 0; row < rows; row += MR) {
    packSliver(from + (row as usize) * rowStride, rowStride, columnStride, min(MR, rows - row), MR, depth, to);
    to += A_STEP * (depth as usize);
  }
}

/** Packs B [depth × columns] into ⌈columns / NR⌉ slivers; strides in bytes. */
export function packB(from: usize, rowStride: usize, columnStride: usize, depth: i32, columns: i32, to: usize): void {
  for (let column = 0; column < columns; column += NR) {
    packSliver(from + (column as usize) * columnStride, columnStride, rowStride, min(NR, columns - column), NR, depth, to);
    to += B_STEP * (depth as usize);
  }
}
