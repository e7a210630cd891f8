// Gradient descent with momentum (Sutskever et al., 2013, with the learning rate outside of the velocity, as PyTorch has it):
//   v = μ·v + g,  w −= η·v, or with Nesterov's look ahead w −= η·(g + μ·v).
import { scaleAt, takenGradient } from "./takenGradient";

// @ts-ignore: decorator
@inline
function stepAt(
  g: v128, velocity: usize, w: v128, rate: v128, momentum: v128, nesterov: bool, vector: bool,
): v128 {
  if (velocity == 0) return f32x4.sub(w, f32x4.mul(rate, g));
  const v = f32x4.add(f32x4.mul(momentum, vector ? v128.load(velocity) : v128.load32_splat(velocity)), g);
  if (vector) v128.store(velocity, v);
  else store<f32>(velocity, f32x4.extract_lane(v, 0));
  return f32x4.sub(w, f32x4.mul(rate, nesterov ? f32x4.add(g, f32x4.mul(momentum, v)) : v));
}

/** One step over `count` parameters; η and the gradient's scale are the f64 at their addresses; without momentum `velocity` is 0. */
export function sgd(
  count: i32, learningRate: usize, scale: usize, momentum: f32, nesterov: bool, clip: f32, decay: f32,
  gradient: usize, velocity: usize, value: usize,
): void {
  const rate = f32x4.splat(load<f64>(learningRate) as f32);
  const scales = scaleAt(scale);
  const clips = f32x4.splat(clip), decayed = f32x4.splat(decay), momenta = f32x4.splat(momentum);
  const decays = decay != 0;
  const end = value + ((count as usize) << 2);
  const vectorEnd = value + ((count as usize & ~3) << 2);
  const moves: usize = velocity == 0 ? 0 : 1;
  for (; value < vectorEnd; value += 16, gradient += 16, velocity += 16 * moves) {
    const w = v128.load(value);
    const g = takenGradient(v128.load(gradient), w, scales, clips, decays, decayed);
    v128.store(value, stepAt(g, velocity, w, rate, momenta, nesterov, true));
  }
  for (; value < end; value += 4, gradient += 4, velocity += 4 * moves) {
    const w = v128.load32_splat(value);
    const g = takenGradient(v128.load32_splat(gradient), w, scales, clips, decays, decayed);
    store<f32>(value, f32x4.extract_lane(stepAt(g, velocity, w, rate, momenta, nesterov, false), 0));
  }
}
