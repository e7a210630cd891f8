// Adam (Kingma and Ba, 2015, algorithm 1):
//   m = β₁m + (1 − β₁)g,  v = β₂v + (1 − β₂)g²,  w −= η · m̂ / (√v̂ + ε),  m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ).
// The gradient may be scaled, clipped and with weight decay (see takenGradient); AdamW (Loshchilov and Hutter, 2019) decays the weights
// themselves: w −= η·λ·w beside the step.
// The powers β₁ᵗ and β₂ᵗ are kept in memory as f64 and advanced once a step, so that a step needs no number from outside.

import { scaleAt, takenGradient } from "./takenGradient";

/** power = power · factor, for the f64 at `power`. */
export function advancePower(power: usize, factor: f64): void {
  store<f64>(power, load<f64>(power) * factor);
}

/**
 * One step over `count` parameters; η, β₁ᵗ, β₂ᵗ and the gradient's scale are the f64 at their addresses. `decay` is AdamW's where
 * `decoupled`, else that of the gradient.
 */
export function adam(
  count: i32, learningRate: usize, power1: usize, power2: usize, scale: usize,
  beta1: f64, beta2: f64, epsilon: f32, clip: f32, decay: f64, decoupled: bool,
  gradient: usize, m: usize, v: usize, value: usize,
): void {
  const eta = load<f64>(learningRate);
  const rate = f32x4.splat((eta / (1 - load<f64>(power1))) as f32);
  const correction2 = f32x4.splat((1 / (1 - load<f64>(power2))) as f32);
  const b1 = f32x4.splat(beta1 as f32), b2 = f32x4.splat(beta2 as f32);
  const c1 = f32x4.splat((1 - beta1) as f32), c2 = f32x4.splat((1 - beta2) as f32);
  const epsilons = f32x4.splat(epsilon);
  const scales = scaleAt(scale), clips = f32x4.splat(clip);
  const decays = decay != 0 && !decoupled;
  const decayed = f32x4.splat(decay as f32);
  const kept = f32x4.splat((decoupled ? 1 - eta * decay : 1) as f32);
  const vectorEnd = value + ((count as usize & ~3) << 2);
  for (; value < vectorEnd; value += 16, gradient += 16, m += 16, v += 16) {
    const w = v128.load(value);
    const g = takenGradient(v128.load(gradient), w, scales, clips, decays, decayed);
    const first = f32x4.add(f32x4.mul(b1, v128.load(m)), f32x4.mul(c1, g));
    const second = f32x4.add(f32x4.mul(b2, v128.load(v)), f32x4.mul(f32x4.mul(c2, g), g));
    v128.store(m, first);
    v128.store(v, second);
    const step = f32x4.div(f32x4.mul(rate, first), f32x4.add(f32x4.sqrt(f32x4.mul(second, correction2)), epsilons));
    v128.store(value, f32x4.sub(f32x4.mul(kept, w), step));
  }
  for (const end = value + ((count as usize & 3) << 2); value < end; value += 4, gradient += 4, m += 4, v += 4) {
    const w = v128.load32_splat(value);
    const g = takenGradient(v128.load32_splat(gradient), w, scales, clips, decays, decayed);
    const first = f32x4.add(f32x4.mul(b1, v128.load32_splat(m)), f32x4.mul(c1, g));
    const second = f32x4.add(f32x4.mul(b2, v128.load32_splat(v)), f32x4.mul(f32x4.mul(c2, g), g));
    store<f32>(m, f32x4.extract_lane(first, 0));
    store<f32>(v, f32x4.extract_lane(second, 0));
    const step = f32x4.div(f32x4.mul(rate, first), f32x4.add(f32x4.sqrt(f32x4.mul(second, correction2)), epsilons));
    store<f32>(value, f32x4.extract_lane(f32x4.sub(f32x4.mul(kept, w), step), 0));
  }
}
