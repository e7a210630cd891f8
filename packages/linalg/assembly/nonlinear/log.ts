// log in strict f32: x = 2ᵉ · m with m in [√½, √2), log(x) = e · ln 2 + log(1 + z), z = m − 1, with the polynomial and
// the split of ln 2 of Cephes (logf): log(1 + z) = z − z²/2 + z³ · p(z).
const SQRT_HALF: f32 = 0.707106781186547524;
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;
const SMALLEST_NORMAL: f32 = 1.17549435e-38;

/** Natural logarithm of four lanes: 0 gives −Infinity, a negative number NaN. */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  // Subnormals are lifted by 2²³ and the exponent put right.
  const subnormal = f32x4.lt(x, f32x4.splat(SMALLEST_NORMAL));
  const lifted = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, subnormal);
  // m in [½, 1) with the exponent to match.
  let e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(lifted, 23), i32x4.splat(126)));
  e = f32x4.sub(e, v128.and(subnormal, f32x4.splat(23)));
  const m = v128.or(v128.and(lifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const low = f32x4.lt(m, f32x4.splat(SQRT_HALF));
  e = f32x4.sub(e, v128.and(low, one));
  const z = f32x4.add(f32x4.sub(m, one), v128.and(low, m));
  const z2 = f32x4.mul(z, z);
  let p = f32x4.splat(7.0376836292e-2);
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-1.1514610310e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(1.1676998740e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-1.2420140846e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(1.4249322787e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-1.6668057665e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(2.0000714765e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-2.4999993993e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(z, z2), p);
  y = f32x4.add(y, f32x4.mul(e, f32x4.splat(LN2_LOW)));
  y = f32x4.sub(y, f32x4.mul(f32x4.splat(0.5), z2));
  let result = f32x4.add(f32x4.add(z, y), f32x4.mul(e, f32x4.splat(LN2_HIGH)));
  // Infinity and NaN are their own logarithm; zero and the negatives are not in the domain.
  result = v128.bitselect(result, x, f32x4.lt(x, f32x4.splat(Infinity)));
  result = v128.bitselect(f32x4.splat(-Infinity), result, f32x4.eq(x, zero));
  return v128.bitselect(f32x4.splat(NaN), result, f32x4.lt(x, zero));
}

/** y = log(x) over `count` elements; y may be x. */
export function log(count: i32, x: usize, y: usize): void {
  const end = x + ((count as usize) << 2);
  const vectorEnd = x + ((count as usize & ~3) << 2);
  for (; x < vectorEnd; x += 16, y += 16) v128.store(y, log4(v128.load(x)));
  for (; x < end; x += 4, y += 4) store<f32>(y, f32x4.extract_lane(log4(v128.load32_splat(x)), 0));
}
