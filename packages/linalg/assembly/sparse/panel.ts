// Panels of B as the sparse kernels read them: [depth][40], of which the first columns are used. Whoever packs one learns
// whether it is finite: as integers, the magnitudes of floats stand in their order, and ∞ and NaN are the greatest.
import { PANEL_ROW } from "./segments";

const MAGNITUDE: i32 = 0x7fffffff;
const INFINITE: i32 = 0x7f800000;

/** Packs a panel [depth × valid] of B, strides in bytes; columns from `valid` to `width` become zeros. Returns whether all is finite. */
export function packPanel(from: usize, columnStride: usize, rowStride: usize, valid: i32, width: i32, depth: i32, to: usize): bool {
  if (columnStride != 4 || valid < width) packElements(from, columnStride, rowStride, valid, width, depth, to);
  else packRows(from, rowStride, width, depth, to);
  return allFinite(depth, width, to, PANEL_ROW);
}

function packRows(from: usize, rowStride: usize, width: i32, depth: i32, to: usize): void {
  const bytes = (width as usize) << 2;
  for (let p = 0; p < depth; p++, from += rowStride, to += PANEL_ROW) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
  }
}

function packElements(from: usize, columnStride: usize, rowStride: usize, valid: i32, width: i32, depth: i32, to: usize): void {
  for (let p = 0; p < depth; p++, from += rowStride, to += PANEL_ROW) {
    for (let j = 0; j < width; j++) store<f32>(to + ((j as usize) << 2), j < valid ? load<f32>(from + (j as usize) * columnStride) : 0);
  }
}

/** Whether all elements of a panel [depth × columns] are finite; `columns` is a multiple of eight, `rowBytes` its row stride. */
export function allFinite(depth: i32, columns: i32, panel: usize, rowBytes: usize): bool {
  const mask = i32x4.splat(MAGNITUDE);
  const bytes = (columns as usize) << 2;
  let even = i32x4.splat(0), odd = even;
  for (let p = 0; p < depth; p++, panel += rowBytes) {
    let at = panel;
    const end = panel + bytes;
    for (; end - at >= 64; at += 64) {
      even = i32x4.max_s(even, v128.and(v128.load(at), mask));
      odd = i32x4.max_s(odd, v128.and(v128.load(at, 16), mask));
      even = i32x4.max_s(even, v128.and(v128.load(at, 32), mask));
      odd = i32x4.max_s(odd, v128.and(v128.load(at, 48), mask));
    }
    if (at < end) {
      even = i32x4.max_s(even, v128.and(v128.load(at), mask));
      odd = i32x4.max_s(odd, v128.and(v128.load(at, 16), mask));
    }
  }
  return !v128.any_true(i32x4.ge_s(i32x4.max_s(even, odd), i32x4.splat(INFINITE)));
}
