/** C = α · accumulator + β · C for eight columns at `c`. β = 0 does not read C, so a NaN there stays out. */
// @ts-ignore: decorator
@inline
export function storePair(c: usize, left: v128, right: v128, alpha: f32, beta: f32): void {
  if (alpha != 1) {
    left = f32x4.mul(left, f32x4.splat(alpha));
    right = f32x4.mul(right, f32x4.splat(alpha));
  }
  if (beta == 1) {
    left = f32x4.add(v128.load(c), left);
    right = f32x4.add(v128.load(c, 16), right);
  } else if (beta != 0) {
    left = f32x4.add(f32x4.mul(v128.load(c), f32x4.splat(beta)), left);
    right = f32x4.add(f32x4.mul(v128.load(c, 16), f32x4.splat(beta)), right);
  }
  v128.store(c, left);
  v128.store(c, right, 16);
}
