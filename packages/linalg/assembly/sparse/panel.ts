// Panels of B as the sparse kernels read them: [depth][40], of which the first columns are used.
import { PANEL_ROW } from "./segments";

/** Packs a panel [depth × valid] of B, strides in bytes; columns from `valid` to `width` become zeros. */
export function packPanel(from: usize, columnStride: usize, rowStride: usize, valid: i32, width: i32, depth: i32, to: usize): void {
  for (let p = 0; p < depth; p++) {
    if (columnStride == 4 && valid == width) {
      const bytes = (width as usize) << 2;
      for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
    } else {
      for (let j = 0; j < width; j++) store<f32>(to + ((j as usize) << 2), j < valid ? load<f32>(from + (j as usize) * columnStride) : 0);
    }
    from += rowStride;
    to += PANEL_ROW;
  }
}

/** Whether all elements of a panel [depth × columns] are finite; `columns` is a multiple of four, `rowBytes` its row stride. */
export function allFinite(depth: i32, columns: i32, panel: usize, rowBytes: usize): bool {
  // x · 0 is 0 for a finite x and NaN for any other; NaN stays NaN in a sum.
  const zero = f32x4.splat(0);
  const bytes = (columns as usize) << 2;
  let lanes = zero;
  for (let p = 0; p < depth; p++) {
    for (let at: usize = 0; at < bytes; at += 16) lanes = f32x4.add(lanes, f32x4.mul(v128.load(panel + at), zero));
    panel += rowBytes;
  }
  return !v128.any_true(f32x4.ne(lanes, zero));
}
