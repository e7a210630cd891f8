// RMSProp (Tieleman and Hinton, 2012): v = ρ·v + (1 − ρ)·g²,  w −= η·g / (√v + ε).
import { scaleAt, takenGradient } from "./takenGradient";

/** One step over `count` parameters; η and the gradient's scale are the f64 at their addresses. */
export function rmsProp(
  count: i32, learningRate: usize, scale: usize, rho: f64, epsilon: f32, clip: f32, decay: f32,
  gradient: usize, v: usize, value: usize,
): void {
  const rate = f32x4.splat(load<f64>(learningRate) as f32);
  const scales = scaleAt(scale);
  const kept = f32x4.splat(rho as f32), added = f32x4.splat((1 - rho) as f32), epsilons = f32x4.splat(epsilon);
  const clips = f32x4.splat(clip), decayed = f32x4.splat(decay);
  const decays = decay != 0;
  const end = value + ((count as usize) << 2);
  const vectorEnd = value + ((count as usize & ~3) << 2);
  for (; value < vectorEnd; value += 16, gradient += 16, v += 16) {
    const w = v128.load(value);
    const g = takenGradient(v128.load(gradient), w, scales, clips, decays, decayed);
    const second = f32x4.add(f32x4.mul(kept, v128.load(v)), f32x4.mul(f32x4.mul(added, g), g));
    v128.store(v, second);
    v128.store(value, f32x4.sub(w, f32x4.div(f32x4.mul(rate, g), f32x4.add(f32x4.sqrt(second), epsilons))));
  }
  for (; value < end; value += 4, gradient += 4, v += 4) {
    const w = v128.load32_splat(value);
    const g = takenGradient(v128.load32_splat(gradient), w, scales, clips, decays, decayed);
    const second = f32x4.add(f32x4.mul(kept, v128.load32_splat(v)), f32x4.mul(f32x4.mul(added, g), g));
    store<f32>(v, f32x4.extract_lane(second, 0));
    store<f32>(value, f32x4.extract_lane(f32x4.sub(w, f32x4.div(f32x4.mul(rate, g), f32x4.add(f32x4.sqrt(second), epsilons))), 0));
  }
}
