// One pass over a parameter, its gradient and what the optimizer remembers of it.
import type { Cell } from "./Cell.ts";
import { checkApart, checkOperands, checkSameShape } from "./checks.ts";
import type { Matrix } from "./Matrix.ts";
import { checkNumber, checkOptions } from "./values.ts";

/** The numbers of an Adam step: η, β₁ᵗ and β₂ᵗ live in cells because they change from step to step. */
export interface AdamRates {
  readonly learningRate: Cell;
  readonly power1: Cell;
  readonly power2: Cell;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * Adam's update of `value` with the moments `m` and `v` (Kingma and Ba, 2015, algorithm 1). Throws a LinalgError on unequal
 * shapes or shared memory.
 */
export function adam(value: Matrix, gradient: Matrix, m: Matrix, v: Matrix, rates: AdamRates): void {
  checkOptions("adam: rates", rates);
  const { learningRate, power1, power2, beta1, beta2, epsilon } = rates;
  const { kernels } = checkOperands("adam", { matrices: { value, gradient, m, v }, cells: { learningRate, power1, power2 } });
  checkNumber("adam: beta1", beta1);
  checkNumber("adam: beta2", beta2);
  checkNumber("adam: epsilon", epsilon);
  checkSameShape("adam", "value", value, "gradient", gradient);
  checkSameShape("adam", "value", value, "m", m);
  checkSameShape("adam", "value", value, "v", v);
  checkApart("adam", { value, m, v }, { gradient });
  kernels.adam(
    value.size,
    [learningRate.pointer, power1.pointer, power2.pointer],
    [beta1, beta2, epsilon],
    [gradient.pointer, m.pointer, v.pointer, value.pointer],
  );
}

/** power = power · factor: β₁ᵗ and β₂ᵗ go on by one step. */
export function advancePower(power: Cell, factor: number): void {
  const { kernels } = checkOperands("advancePower", { cells: { power } });
  checkNumber("advancePower: factor", factor);
  kernels.advancePower(power.pointer, factor);
}
