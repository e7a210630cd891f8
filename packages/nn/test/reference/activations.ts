// Activations and their slopes in f64, from their definitions.

/** A function of one number with its slope; `kink` is where it has none. */
export interface Reference {
  readonly f: (x: number) => number;
  readonly slope: (x: number) => number;
  readonly kink?: number;
}

// erf by its series below 2 and by the continued fraction of its complement beyond.
function erf(x: number): number {
  const z = Math.abs(x);
  let value: number;
  if (z < 2) {
    let [term, sum] = [z, z];
    for (let n = 1; n < 80; n += 1) sum += term *= (2 * z * z) / (2 * n + 1);
    value = (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum;
  } else {
    let fraction = z;
    for (let k = 200; k >= 1; k -= 1) fraction = z + k / 2 / fraction;
    value = 1 - Math.exp(-z * z) / Math.sqrt(Math.PI) / fraction;
  }
  return x < 0 ? -value : value;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const normal = (x: number): number => 0.5 * (1 + erf(x / Math.SQRT2));

/** By the names of configs; leakyRelu with a slope of 0.01. */
export const references: Readonly<Record<"relu" | "tanh" | "leakyRelu" | "gelu" | "sigmoid", Reference>> = {
  relu: { f: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0), kink: 0 },
  tanh: { f: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2 },
  leakyRelu: { f: (x) => (x > 0 ? x : 0.01 * x), slope: (x) => (x > 0 ? 1 : 0.01), kink: 0 },
  gelu: { f: (x) => x * normal(x), slope: (x) => normal(x) + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI) },
  sigmoid: { f: sigmoid, slope: (x) => sigmoid(x) * (1 - sigmoid(x)) },
};
