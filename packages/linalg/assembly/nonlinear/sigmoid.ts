// sigmoid(x) = 1 / (1 + exp(−x)), by the magnitude, so that no exp overflows: with e = exp(−|x|) it is 1 / (1 + e) where x is
// not negative, else e / (1 + e). Blocks [rows × columns] of larger matrices: `stride` is bytes from row to row.
import { exp4 } from "./exp";

/** sigmoid of four lanes; NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0))), f32x4.add(one, e));
}

/** y = sigmoid(x) on a block; y may be x. */
export function sigmoid(rows: i32, columns: i32, stride: usize, x: usize, y: usize): void {
  const bytes = (columns as usize) << 2;
  const vectorBytes = (columns as usize & ~3) << 2;
  for (let i = 0; i < rows; i++, x += stride, y += stride) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) v128.store(y + at, sigmoid4(v128.load(x + at)));
    for (; at < bytes; at += 4) store<f32>(y + at, f32x4.extract_lane(sigmoid4(v128.load32_splat(x + at)), 0));
  }
}

/** dx = dy · y · (1 − y) on a block; y is sigmoid's output, dx may be dy. */
export function sigmoidGradient(rows: i32, columns: i32, stride: usize, y: usize, dy: usize, dx: usize): void {
  const one = f32x4.splat(1);
  const bytes = (columns as usize) << 2;
  const vectorBytes = (columns as usize & ~3) << 2;
  for (let i = 0; i < rows; i++, y += stride, dy += stride, dx += stride) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) {
      const value = v128.load(y + at);
      v128.store(dx + at, f32x4.mul(v128.load(dy + at), f32x4.mul(value, f32x4.sub(one, value))));
    }
    for (; at < bytes; at += 4) {
      const value = load<f32>(y + at);
      store<f32>(dx + at, load<f32>(dy + at) * (value * (1 - value)));
    }
  }
}
