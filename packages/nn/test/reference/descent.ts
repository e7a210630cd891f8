// Optimizers in f64, from their definitions: plain loops over all parameters, nothing in common with the kernels.
import type { Adam, RmsProp, Sgd } from "../../src/index.ts";

type Options<Kind extends new (...args: never[]) => unknown> = NonNullable<ConstructorParameters<Kind>[1]>;
/** One step: changes the weights. */
export type Step = (weights: number[][], gradients: number[][]) => void;

interface Taken {
  readonly weightDecay?: number;
  readonly clipNorm?: number;
  readonly clipValue?: number;
}

// The gradients after clipping, then weight decay.
function taken(weights: number[][], gradients: number[][], { weightDecay = 0, clipNorm, clipValue }: Taken): number[][] {
  const norm = Math.sqrt(gradients.flat().reduce((sum, g) => sum + g * g, 0));
  const scale = clipNorm !== undefined && norm > clipNorm ? clipNorm / norm : 1;
  const bound = clipValue ?? Infinity;
  return gradients.map((row, p) => row.map((g, i) => Math.min(bound, Math.max(-bound, g * scale)) + weightDecay * weights[p][i]));
}

const zerosLike = (weights: number[][]): number[][] => weights.map((row) => row.map(() => 0));

export function sgd(options: Options<typeof Sgd>): Step {
  const { learningRate = 0.01, momentum = 0, nesterov = false } = options;
  let velocity: number[][] | undefined;
  return (weights, gradients) => {
    const v = (velocity ??= zerosLike(weights));
    taken(weights, gradients, options).forEach((row, p) =>
      row.forEach((g, i) => {
        v[p][i] = momentum * v[p][i] + g;
        weights[p][i] -= learningRate * (nesterov ? g + momentum * v[p][i] : v[p][i]);
      }),
    );
  };
}

export function rmsProp(options: Options<typeof RmsProp>): Step {
  const { learningRate = 0.001, rho = 0.9, epsilon = 1e-7 } = options;
  let squares: number[][] | undefined;
  return (weights, gradients) => {
    const v = (squares ??= zerosLike(weights));
    taken(weights, gradients, options).forEach((row, p) =>
      row.forEach((g, i) => {
        v[p][i] = rho * v[p][i] + (1 - rho) * g * g;
        weights[p][i] -= (learningRate * g) / (Math.sqrt(v[p][i]) + epsilon);
      }),
    );
  };
}

export function adam(options: Options<typeof Adam>, decoupled = false): Step {
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, weightDecay = decoupled ? 0.01 : 0 } = options;
  let moments: { readonly m: number[][]; readonly v: number[][] } | undefined;
  let t = 0;
  return (weights, gradients) => {
    const { m, v } = (moments ??= { m: zerosLike(weights), v: zerosLike(weights) });
    t += 1;
    taken(weights, gradients, { ...options, weightDecay: decoupled ? 0 : weightDecay }).forEach((row, p) =>
      row.forEach((g, i) => {
        m[p][i] = beta1 * m[p][i] + (1 - beta1) * g;
        v[p][i] = beta2 * v[p][i] + (1 - beta2) * g * g;
        const shrunk = decoupled ? weights[p][i] * (1 - learningRate * weightDecay) : weights[p][i];
        weights[p][i] = shrunk - (learningRate * (m[p][i] / (1 - beta1 ** t))) / (Math.sqrt(v[p][i] / (1 - beta2 ** t)) + epsilon);
      }),
    );
  };
}
