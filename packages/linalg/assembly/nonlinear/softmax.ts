// Softmax of a row, stable: the row's maximum is subtracted first, so no exp overflows.
import { exp4 } from "./exp";

/** The greatest of `columns` elements at x; NaN if one of them is NaN. */
export function rowMax(columns: i32, x: usize): f32 {
  let best: f32 = -Infinity;
  for (const end = x + ((columns as usize) << 2); x < end; x += 4) best = max(best, load<f32>(x));
  return best;
}

/** y = exp(x − shift) for one row; returns Σ y: four lanes in order, their sum ((0 + 1) + (2 + 3)), then the rest. */
export function expShifted(columns: i32, shift: f32, x: usize, y: usize): f32 {
  const lanes = f32x4.splat(shift);
  const end = x + ((columns as usize) << 2);
  const vectorEnd = x + ((columns as usize & ~3) << 2);
  let sums = f32x4.splat(0);
  for (; x < vectorEnd; x += 16, y += 16) {
    const e = exp4(f32x4.sub(v128.load(x), lanes));
    v128.store(y, e);
    sums = f32x4.add(sums, e);
  }
  let sum =
    f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) + (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
  for (; x < end; x += 4, y += 4) {
    const e = f32x4.extract_lane(exp4(f32x4.sub(v128.load32_splat(x), lanes)), 0);
    store<f32>(y, e);
    sum += e;
  }
  return sum;
}

/** Y[i, :] = softmax(X[i, :]) for X [rows × columns]; y may be x. */
export function softmax(rows: i32, columns: i32, x: usize, y: usize): void {
  const bytes = (columns as usize) << 2;
  for (let i = 0; i < rows; i++) {
    const sum = expShifted(columns, rowMax(columns, x), x, y);
    for (let at: usize = 0; at < bytes; at += 4) store<f32>(y + at, load<f32>(y + at) / sum);
    x += bytes;
    y += bytes;
  }
}
