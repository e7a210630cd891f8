// Finite differences against backward: the test that every layer and loss has to pass.
import type { Sequential } from "./Sequential.ts";
import type { Batch } from "./training/Batch.ts";
import { NO_SUMS } from "./training/EpochSums.ts";

/** How far a parameter's gradient is from the cost's slope. */
export interface GradientError {
  readonly parameter: string;
  /** The greatest difference over the parameter's elements, relative to the greatest slope among them. */
  readonly relativeError: number;
}

/**
 * Compares backward's gradients with central differences (cost(w + ε) − cost(w − ε)) / 2ε, parameter by parameter.
 * The cost is a sum in f64 of f32 losses, so expect agreement to about 1e-3 at ε = 0.01, away from kinks.
 */
export function gradientCheck(model: Sequential, batch: Batch, options: { readonly epsilon?: number } = {}): GradientError[] {
  const { epsilon = 0.01 } = options;
  const { features, targets, size } = model.workspace.load(batch);
  const cost = (): number => {
    model.workspace.reset(NO_SUMS);
    model.workspace.evaluate(model.forward(features, "training"), targets);
    return model.workspace.lossSum.value / size;
  };
  model.backward(model.workspace.evaluate(model.forward(features, "training"), targets));
  return model.parameters.map(({ name, value, gradient }) => {
    const slope = (index: number): number => {
      const { data } = value;
      const held = data[index];
      data[index] = held + epsilon;
      const [upper, above] = [data[index], cost()];
      data[index] = held - epsilon;
      const [lower, below] = [data[index], cost()];
      data[index] = held;
      return (above - below) / (upper - lower);
    };
    const slopes = Array.from({ length: value.size }, (_, index) => slope(index));
    const difference = Math.max(...slopes.map((expected, index) => Math.abs(gradient.data[index] - expected)));
    const scale = Math.max(...slopes.map(Math.abs), Number.MIN_VALUE);
    return { parameter: name, relativeError: difference / scale };
  });
}
