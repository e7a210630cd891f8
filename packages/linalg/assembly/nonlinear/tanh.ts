// tanh in strict f32, of the magnitude, with the sign put back: below 0.625 the odd polynomial of Cephes (tanhf),
// x + x³ · p(x²); above it 1 − 2 / (exp(2x) + 1). Both are computed and the lanes chosen.
import { exp4 } from "./exp";

const SIGN: i32 = 0x80000000;

/** tanh of four lanes; ±Infinity gives ±1, NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const one = f32x4.splat(1);
  const magnitude = f32x4.abs(x);
  const x2 = f32x4.mul(x, x);
  let p = f32x4.splat(-5.70498872745e-3);
  p = f32x4.add(f32x4.mul(p, x2), f32x4.splat(2.06390887954e-2));
  p = f32x4.add(f32x4.mul(p, x2), f32x4.splat(-5.37397155531e-2));
  p = f32x4.add(f32x4.mul(p, x2), f32x4.splat(1.33314422036e-1));
  p = f32x4.add(f32x4.mul(p, x2), f32x4.splat(-3.33332819422e-1));
  const near = f32x4.add(magnitude, f32x4.mul(f32x4.mul(magnitude, x2), p));
  const e = exp4(f32x4.add(magnitude, magnitude));
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(e, one)));
  const positive = v128.bitselect(near, far, f32x4.lt(magnitude, f32x4.splat(0.625)));
  return v128.or(positive, v128.and(x, i32x4.splat(SIGN)));
}

/** y = tanh(x) over `count` elements; y may be x. */
export function tanh(count: i32, x: usize, y: usize): void {
  const end = x + ((count as usize) << 2);
  const vectorEnd = x + ((count as usize & ~3) << 2);
  for (; x < vectorEnd; x += 16, y += 16) v128.store(y, tanh4(v128.load(x)));
  for (; x < end; x += 4, y += 4) store<f32>(y, f32x4.extract_lane(tanh4(v128.load32_splat(x)), 0));
}

/** dx = dy · (1 − y²); y is tanh's output, dx may be dy. */
export function tanhGradient(count: i32, y: usize, dy: usize, dx: usize): void {
  const one = f32x4.splat(1);
  const end = y + ((count as usize) << 2);
  const vectorEnd = y + ((count as usize & ~3) << 2);
  for (; y < vectorEnd; y += 16, dy += 16, dx += 16) {
    const value = v128.load(y);
    v128.store(dx, f32x4.mul(v128.load(dy), f32x4.sub(one, f32x4.mul(value, value))));
  }
  for (; y < end; y += 4, dy += 4, dx += 4) {
    const value = load<f32>(y);
    store<f32>(dx, load<f32>(dy) * (1 - value * value));
  }
}
