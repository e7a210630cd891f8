// exp in strict f32: x = n · ln 2 + r with |r| ≤ ln 2 / 2, exp(x) = 2ⁿ · (1 + (r + r² · p(r))).
// ln 2 is split as in Cephes (expf): its high part has few enough bits that n · LN2_HIGH is exact.
const LOG2_E: f32 = 1.44269504088896341;
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;

/** n = the whole number nearest to x / ln 2, of four lanes. */
// @ts-ignore: decorator
@inline
export function exponent4(x: v128): v128 {
  return f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2_E)));
}

/** exp(x − n · ln 2) − 1 of four lanes: r + r² · p(r) with r = x − n · ln 2, |r| ≤ ln 2 / 2. */
// @ts-ignore: decorator
@inline
export function reducedExpm1(x: v128, n: v128): v128 {
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  return f32x4.add(r, f32x4.mul(f32x4.mul(r, r), p));
}

/** m · 2ⁿ of four lanes, −150 ≤ n ≤ 254, in two factors: one exponent field does not reach that far. */
// @ts-ignore: decorator
@inline
export function scaleByPower(m: v128, n: v128): v128 {
  const exponent = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(exponent, 1);
  const bias = i32x4.splat(127);
  const scale1 = i32x4.shl(i32x4.add(half, bias), 23);
  const scale2 = i32x4.shl(i32x4.add(i32x4.sub(exponent, half), bias), 23);
  return f32x4.mul(f32x4.mul(m, scale1), scale2);
}

/** exp of four lanes: overflows to Infinity, underflows through the subnormals to 0, NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  // Beyond these bounds the result is 0 or Infinity anyway, and 2ⁿ stays constructible. pmin and pmax keep NaN.
  x = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-104)), f32x4.splat(89));
  const n = exponent4(x);
  return scaleByPower(f32x4.add(f32x4.splat(1), reducedExpm1(x, n)), n);
}

/** y = exp(x) over `count` elements; y may be x. */
export function exp(count: i32, x: usize, y: usize): void {
  const end = x + ((count as usize) << 2);
  const vectorEnd = x + ((count as usize & ~3) << 2);
  for (; x < vectorEnd; x += 16, y += 16) v128.store(y, exp4(v128.load(x)));
  for (; x < end; x += 4, y += 4) store<f32>(y, f32x4.extract_lane(exp4(v128.load32_splat(x)), 0));
}
