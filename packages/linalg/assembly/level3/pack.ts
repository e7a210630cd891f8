// Packing copies a block of A or B into slivers that the micro-kernel reads with stride one. Strides absorb every
// transpose; lanes beyond the matrix become zeros, so the kernel always works on whole tiles.
//
//   A block [rows × depth] → slivers of MR rows, each stored [depth][MR]
//   B block [depth × columns] → slivers of NR columns, each stored [depth][NR]
import { A_STEP, MR } from "./tiles";

/** to[k][lane] = from[lane · laneStride + k · depthStride] for `lanes` of `width` lanes (a multiple of 4), the others zero; strides in bytes. */
export function packSliver(from: usize, laneStride: usize, depthStride: usize, lanes: i32, width: i32, depth: i32, to: usize): void {
  if (lanes < width && laneStride == 4) return copyPartRows(from, depthStride, lanes, width, depth, to);
  if (lanes < width) return packLanes(from, laneStride, depthStride, lanes, width, depth, to);
  if (laneStride == 4) return copyRows(from, depthStride, width, depth, to);
  if (depthStride == 4) return transpose(from, laneStride, width, depth, to);
  packLanes(from, laneStride, depthStride, lanes, width, depth, to);
}

/** Packs A [rows × depth] into ⌈rows / MR⌉ slivers; strides in bytes. */
export function packA(from: usize, rowStride: usize, columnStride: usize, rows: i32, depth: i32, to: usize): void {
  for (let row = 0; row < rows; row += MR) {
    packSliver(from + (row as usize) * rowStride, rowStride, columnStride, min(MR, rows - row), MR, depth, to);
    to += A_STEP * (depth as usize);
  }
}

// Lane by lane: the general way.
function packLanes(from: usize, laneStride: usize, depthStride: usize, lanes: i32, width: i32, depth: i32, to: usize): void {
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

// Lanes lie side by side.
function copyRows(from: usize, depthStride: usize, width: i32, depth: i32, to: usize): void {
  const bytes = (width as usize) << 2;
  for (let k = 0; k < depth; k++) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
    from += depthStride;
    to += bytes;
  }
}

// Lanes lie side by side, fewer than the sliver is wide.
function copyPartRows(from: usize, depthStride: usize, lanes: i32, width: i32, depth: i32, to: usize): void {
  const bytes = (width as usize) << 2, used = (lanes as usize) << 2;
  const vectorBytes = used & ~15;
  for (let k = 0; k < depth; k++, from += depthStride, to += bytes) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) v128.store(to + at, v128.load(from + at));
    for (; at < used; at += 4) store<f32>(to + at, load<f32>(from + at));
    for (; at < bytes; at += 4) store<f32>(to + at, 0);
  }
}

// The depth lies side by side: blocks of 4 × 4 are turned in registers.
function transpose(from: usize, laneStride: usize, width: i32, depth: i32, to: usize): void {
  const step = (width as usize) << 2;
  const whole = depth & ~3;
  for (let lane = 0; lane < width; lane += 4) {
    const source = from + (lane as usize) * laneStride;
    let target = to + ((lane as usize) << 2);
    let k = 0;
    for (; k < whole; k += 4) {
      const at = source + ((k as usize) << 2);
      const r0 = v128.load(at), r1 = v128.load(at + laneStride);
      const r2 = v128.load(at + 2 * laneStride), r3 = v128.load(at + 3 * laneStride);
      const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5), high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
      const low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5), high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
      v128.store(target, i64x2.shuffle(low01, low23, 0, 2));
      v128.store(target + step, i64x2.shuffle(low01, low23, 1, 3));
      v128.store(target + 2 * step, i64x2.shuffle(high01, high23, 0, 2));
      v128.store(target + 3 * step, i64x2.shuffle(high01, high23, 1, 3));
      target += 4 * step;
    }
    const rest = source + ((k as usize) << 2);
    for (let at = rest; k < depth; k++, at += 4, target += step) {
      for (let i: usize = 0; i < 4; i++) store<f32>(target + (i << 2), load<f32>(at + i * laneStride));
    }
  }
}
