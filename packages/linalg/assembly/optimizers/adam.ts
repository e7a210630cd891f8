// Adam (Kingma and Ba, 2015, algorithm 1):
//   m = β₁m + (1 − β₁)g,  v = β₂v + (1 − β₂)g²,  w −= η · m̂ / (√v̂ + ε),  m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ).
// The powers β₁ᵗ and β₂ᵗ are kept in memory as f64 and advanced once a step, so that a step needs no number from outside.

/** power = power · factor, for the f64 at `power`. */
export function advancePower(power: usize, factor: f64): void {
  store<f64>(power, load<f64>(power) * factor);
}

/** One step over `count` parameters; η, β₁ᵗ and β₂ᵗ are the f64 at their addresses. */
export function adam(
  count: i32, learningRate: usize, power1: usize, power2: usize,
  beta1: f64, beta2: f64, epsilon: f32,
  gradient: usize, m: usize, v: usize, value: usize,
): void {
  const rate = (load<f64>(learningRate) / (1 - load<f64>(power1))) as f32;
  const correction2 = (1 / (1 - load<f64>(power2))) as f32;
  const b1 = beta1 as f32, b2 = beta2 as f32;
  const c1 = (1 - beta1) as f32, c2 = (1 - beta2) as f32;
  const end = value + ((count as usize) << 2);
  for (; value < end; value += 4, gradient += 4, m += 4, v += 4) {
    const g = load<f32>(gradient);
    const first = b1 * load<f32>(m) + c1 * g;
    const second = b2 * load<f32>(v) + c2 * g * g;
    store<f32>(m, first);
    store<f32>(v, second);
    store<f32>(value, load<f32>(value) - (rate * first) / (sqrt(second * correction2) + epsilon));
  }
}
