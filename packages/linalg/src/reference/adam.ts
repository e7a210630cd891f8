/** What Adam remembers of one parameter. */
export interface Moments {
  m: number;
  v: number;
}

/** Step `t` (from 1) of Adam for one parameter in f64: returns the new value and updates the moments. */
export function adam(
  value: number,
  g: number,
  moments: Moments,
  t: number,
  eta: number,
  beta1: number,
  beta2: number,
  epsilon: number,
): number {
  moments.m = beta1 * moments.m + (1 - beta1) * g;
  moments.v = beta2 * moments.v + (1 - beta2) * g * g;
  return value - (eta * (moments.m / (1 - beta1 ** t))) / (Math.sqrt(moments.v / (1 - beta2 ** t)) + epsilon);
}
