// Activations and their slopes by their definitions, in f64.

/** 1 / (1 + e⁻ˣ). */
export function sigmoid(x: number): number {
  return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
}

/** Φ(x): for |x| < 2 by the series φ(x)·Σ x²ⁿ⁺¹ / (2n + 1)!!, beyond that by the continued fraction of Φ(−|x|), which keeps its relative precision. */
export function normalDistribution(x: number): number {
  const z = Math.abs(x);
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  if (z >= 2) {
    let fraction = z;
    for (let k = 400; k >= 1; k -= 1) fraction = z + k / fraction;
    return x < 0 ? density / fraction : 1 - density / fraction;
  }
  let [term, sum] = [z, z];
  for (let n = 1; n < 60; n += 1) {
    term *= (z * z) / (2 * n + 1);
    sum += term;
  }
  return x < 0 ? 0.5 - density * sum : 0.5 + density * sum;
}

/** x·Φ(x). */
export function gelu(x: number): number {
  return x === -Infinity ? -0 : x * normalDistribution(x);
}

/** Φ(x) + x·φ(x). */
export function geluSlope(x: number): number {
  return normalDistribution(x) + (x * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}
