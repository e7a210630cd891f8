// gelu(x) = x · Φ(x), Φ the normal distribution function (Hendrycks and Gimpel, 2016), its exact form and not the one by tanh.
// Φ(−|x|) = exp(−x²/2) · t · q(t) with t = 1 / (1 + 0.35·|x|), which keeps the relative precision in the tail; Φ(|x|) = 1 − Φ(−|x|).
// q of degree 8 was fitted to Φ(−x)·exp(x²/2) / t on 0 ≤ x ≤ 15 (least squares, reweighted until the errors were even): the
// greatest relative error is 4.5e-8 with the coefficients in f32.
// Blocks [rows × columns] of larger matrices: `stride` is bytes from row to row.
import { exp4 } from "./exp";

/** 1 / √(2π). */
const DENSITY_AT_0: f32 = 0.3989422804014327;

/** exp(−x²/2) of four lanes. */
// @ts-ignore: decorator
@inline
function bell4(x: v128): v128 {
  return exp4(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)));
}

/** Φ(x) of four lanes, with bell = exp(−x²/2). */
// @ts-ignore: decorator
@inline
function distribution4(x: v128, bell: v128): v128 {
  const one = f32x4.splat(1);
  const t = f32x4.div(one, f32x4.add(one, f32x4.mul(f32x4.abs(x), f32x4.splat(0.35))));
  let q = f32x4.splat(-0.029163850541833014);
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(0.1440604479779106));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(-0.25590116015519687));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(0.1593921466136682));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(-0.023263338874209373));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(0.10557460629241652));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(0.11981554356529364));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(0.13986433043939533));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(0.13962125867674471));
  const tail = f32x4.mul(bell, f32x4.mul(t, q));
  return v128.bitselect(tail, f32x4.sub(one, tail), f32x4.lt(x, f32x4.splat(0)));
}

/** gelu of four lanes; −Infinity gives −0, as its limit is. */
// @ts-ignore: decorator
@inline
function gelu4(x: v128): v128 {
  // Beyond −20 Φ is 0 in f32, and −∞ · 0 would be NaN. pmax keeps NaN.
  const bounded = f32x4.pmax(x, f32x4.splat(-20));
  return f32x4.mul(bounded, distribution4(bounded, bell4(bounded)));
}

/** gelu′(x) = Φ(x) + x · φ(x) of four lanes. */
// @ts-ignore: decorator
@inline
function slope4(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-20)), f32x4.splat(20));
  const bell = bell4(bounded);
  return f32x4.add(distribution4(bounded, bell), f32x4.mul(f32x4.mul(bounded, f32x4.splat(DENSITY_AT_0)), bell));
}

/** y = gelu(x) on a block; y may be x. */
export function gelu(rows: i32, columns: i32, stride: usize, x: usize, y: usize): void {
  const bytes = (columns as usize) << 2;
  const vectorBytes = (columns as usize & ~3) << 2;
  for (let i = 0; i < rows; i++, x += stride, y += stride) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) v128.store(y + at, gelu4(v128.load(x + at)));
    for (; at < bytes; at += 4) store<f32>(y + at, f32x4.extract_lane(gelu4(v128.load32_splat(x + at)), 0));
  }
}

/** dx = dy · gelu′(x) on a block; x is gelu's input, dx may be dy. */
export function geluGradient(rows: i32, columns: i32, stride: usize, x: usize, dy: usize, dx: usize): void {
  const bytes = (columns as usize) << 2;
  const vectorBytes = (columns as usize & ~3) << 2;
  for (let i = 0; i < rows; i++, x += stride, dy += stride, dx += stride) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) v128.store(dx + at, f32x4.mul(v128.load(dy + at), slope4(v128.load(x + at))));
    for (; at < bytes; at += 4) {
      store<f32>(dx + at, load<f32>(dy + at) * f32x4.extract_lane(slope4(v128.load32_splat(x + at)), 0));
    }
  }
}
