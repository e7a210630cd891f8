// tanh in strict f32, of the magnitude, with the sign put back: below 0.625 the odd polynomial of Cephes (tanhf),
// x + x³ · p(x²); above it 1 − 2 / (exp(2x) + 1). Both are computed and the lanes chosen.
//
// Above 0.625 the roundings of exp(2x) and of exp(2x) + 1 would cost more than a unit in the last place, so they are
// caught: with d = fl(exp(2x) + 1) and the error l that this left out, 2 / (d + l) = t − t² · l / 2 for t = 2 / d. So is
// that of h = fl(1 − t).
import { exponent4, reducedExpm1, scaleByPower } from "./exp";

const SIGN: i32 = 0x80000000;
/** From here on tanh rounds to 1. */
const SATURATED: f32 = 10;

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

  const bounded = f32x4.pmin(magnitude, f32x4.splat(SATURATED));
  const doubled = f32x4.add(bounded, bounded);
  const n = exponent4(doubled);
  const s = reducedExpm1(doubled, n);
  const m = f32x4.add(one, s);
  const e = scaleByPower(m, n);
  const d = f32x4.add(e, one);
  // What 1 + s and e + 1 were rounded by; e ≥ 1, so both differences are exact.
  const left = f32x4.add(scaleByPower(f32x4.sub(s, f32x4.sub(m, one)), n), f32x4.sub(one, f32x4.sub(d, e)));
  const t = f32x4.div(f32x4.splat(2), d);
  const caught = f32x4.mul(f32x4.mul(f32x4.mul(t, t), f32x4.splat(0.5)), left);
  const h = f32x4.sub(one, t);
  const far = f32x4.add(h, f32x4.add(f32x4.sub(f32x4.sub(one, h), t), caught));

  const positive = v128.bitselect(near, far, f32x4.lt(magnitude, f32x4.splat(0.625)));
  return v128.or(positive, v128.and(x, i32x4.splat(SIGN)));
}

/** y = tanh(x) on a block [rows × columns], `stride` bytes from row to row; y may be x. */
export function tanh(rows: i32, columns: i32, stride: usize, x: usize, y: usize): void {
  const bytes = (columns as usize) << 2;
  const vectorBytes = (columns as usize & ~3) << 2;
  for (let i = 0; i < rows; i++, x += stride, y += stride) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) v128.store(y + at, tanh4(v128.load(x + at)));
    for (; at < bytes; at += 4) store<f32>(y + at, f32x4.extract_lane(tanh4(v128.load32_splat(x + at)), 0));
  }
}

/** dx = dy · (1 − y²) on a block; y is tanh's output, dx may be dy. */
export function tanhGradient(rows: i32, columns: i32, stride: usize, y: usize, dy: usize, dx: usize): void {
  const one = f32x4.splat(1);
  const bytes = (columns as usize) << 2;
  const vectorBytes = (columns as usize & ~3) << 2;
  for (let i = 0; i < rows; i++, y += stride, dy += stride, dx += stride) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) {
      const value = v128.load(y + at);
      v128.store(dx + at, f32x4.mul(v128.load(dy + at), f32x4.sub(one, f32x4.mul(value, value))));
    }
    for (; at < bytes; at += 4) {
      const value = load<f32>(y + at);
      store<f32>(dx + at, load<f32>(dy + at) * (1 - value * value));
    }
  }
}
