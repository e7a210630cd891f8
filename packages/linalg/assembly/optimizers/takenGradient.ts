// The gradient as a step takes it: scaled (for a bound on the norm of all gradients), clipped, and with the slope of ½·λ·w² added.

/** max(−clip, min(clip, g · scale)) + λ · w of four lanes. Without decay the sum is left out, so that −0 stays −0. */
// @ts-ignore: decorator
@inline
export function takenGradient(g: v128, w: v128, scale: v128, clip: v128, decays: bool, decay: v128): v128 {
  // pmin and pmax keep a NaN in their first operand.
  const taken = f32x4.pmin(f32x4.pmax(f32x4.mul(g, scale), f32x4.neg(clip)), clip);
  return decays ? f32x4.add(taken, f32x4.mul(decay, w)) : taken;
}

/** The f64 at `scale` in four lanes; 1 where there is none, at 0. */
// @ts-ignore: decorator
@inline
export function scaleAt(scale: usize): v128 {
  return f32x4.splat(scale == 0 ? 1 : (load<f64>(scale) as f32));
}
