// One pass over a parameter, its gradient and what the optimizer remembers of it.
import type { Cell } from "./Cell.ts";
import { checkSameShape, sharedLinalg } from "./checks.ts";
import type { Matrix } from "./Matrix.ts";

/** The numbers of an Adam step: η, β₁ᵗ and β₂ᵗ live in cells because they change from step to step. */
export interface AdamRates {
  readonly learningRate: Cell;
  readonly power1: Cell;
  readonly power2: Cell;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Adam's update of `value` with the moments `m` and `v` (Kingma and Ba, 2015, algorithm 1). Throws a LinalgError on unequal shapes. */
export function adam(value: Matrix, gradient: Matrix, m: Matrix, v: Matrix, rates: AdamRates): void {
  const { learningRate, power1, power2, beta1, beta2, epsilon } = rates;
  const linalg = sharedLinalg("adam", { value, gradient, m, v, learningRate, power1, power2 });
  checkSameShape("adam", "value", value, "gradient", gradient);
  checkSameShape("adam", "value", value, "m", m);
  checkSameShape("adam", "value", value, "v", v);
  linalg.kernels.adam(
    value.size,
    [learningRate.pointer, power1.pointer, power2.pointer],
    [beta1, beta2, epsilon],
    [gradient.pointer, m.pointer, v.pointer, value.pointer],
  );
}

/** power = power · factor: β₁ᵗ and β₂ᵗ go on by one step. */
export function advancePower(power: Cell, factor: number): void {
  power.linalg.kernels.advancePower(power.pointer, factor);
}
