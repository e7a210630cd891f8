// One pass over a parameter, its gradient and what the optimizer remembers of it. What changes from step to step lives in cells.
import { backendOf } from "./Linalg.ts";
import type { Cell } from "./Cell.ts";
import { checkApart, checkOperands, checkSameShape } from "./checks.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Matrix } from "./Matrix.ts";
import { checkNumber, checkOptions } from "./values.ts";

/** How a step takes a gradient g: max(−clip, min(clip, g·scale)) + decay·w. */
export interface GradientUse {
  /** See {@link clipScale}; 1 without it. */
  readonly scale?: Cell;
  /** The greatest magnitude of an element after scaling, Infinity by default. */
  readonly clip?: number;
  /** Weight decay, 0 by default: the gradient of ½·decay·w² is added. */
  readonly decay?: number;
}

/** The numbers of a step of gradient descent. */
export interface SgdRates extends GradientUse {
  readonly learningRate: Cell;
  /** Share of the velocity that is kept. */
  readonly momentum: number;
  /** Whether the step looks ahead. */
  readonly nesterov: boolean;
}

/** The numbers of an RMSProp step. */
export interface RmsPropRates extends GradientUse {
  readonly learningRate: Cell;
  readonly rho: number;
  readonly epsilon: number;
}

/** The numbers of an Adam step: η, β₁ᵗ and β₂ᵗ live in cells because they change from step to step. */
export interface AdamRates extends GradientUse {
  readonly learningRate: Cell;
  readonly power1: Cell;
  readonly power2: Cell;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** AdamW: `decay` shrinks the weights by η·decay beside the step, and is not part of the gradient. */
  readonly decoupled?: boolean;
}

/**
 * Gradient descent's update of `value`: velocity = momentum·velocity + g and value −= η·velocity, or with nesterov value −= η·(g +
 * momentum·velocity); without a velocity value −= η·g. Throws a LinalgError on unequal shapes or shared memory.
 */
export function sgd(value: Matrix, gradient: Matrix, velocity: Matrix | undefined, rates: SgdRates): void {
  checkOptions("sgd: rates", rates);
  const { learningRate, scale, momentum, nesterov, clip = Infinity, decay = 0 } = rates;
  const changed: Record<string, Matrix> = velocity === undefined ? { value } : { value, velocity };
  checkUpdate("sgd", changed, gradient, { learningRate, ...(scale && { scale }) }, { momentum, clip, decay });
  backendOf(value.linalg).kernels.sgd(
    value.size,
    [learningRate.pointer, scale?.pointer ?? 0],
    [momentum, nesterov ? 1 : 0, clip, decay],
    [gradient.pointer, velocity?.pointer ?? 0, value.pointer],
  );
}

/** RMSProp's update of `value`: v = rho·v + (1 − rho)·g², value −= η·g / (√v + ε). Throws a LinalgError as {@link sgd} does. */
export function rmsProp(value: Matrix, gradient: Matrix, v: Matrix, rates: RmsPropRates): void {
  checkOptions("rmsProp: rates", rates);
  const { learningRate, scale, rho, epsilon, clip = Infinity, decay = 0 } = rates;
  checkUpdate("rmsProp", { value, v }, gradient, { learningRate, ...(scale && { scale }) }, { rho, epsilon, clip, decay });
  backendOf(value.linalg).kernels.rmsProp(
    value.size,
    [learningRate.pointer, scale?.pointer ?? 0],
    [rho, epsilon, clip, decay],
    [gradient.pointer, v.pointer, value.pointer],
  );
}

/**
 * Adam's update of `value` with the moments `m` and `v` (Kingma and Ba, 2015, algorithm 1), or AdamW's (Loshchilov and Hutter, 2019).
 * Throws a LinalgError as {@link sgd} does.
 */
export function adam(value: Matrix, gradient: Matrix, m: Matrix, v: Matrix, rates: AdamRates): void {
  checkOptions("adam: rates", rates);
  const { learningRate, power1, power2, scale, beta1, beta2, epsilon, clip = Infinity, decay = 0, decoupled = false } = rates;
  const cells = { learningRate, power1, power2, ...(scale && { scale }) };
  checkUpdate("adam", { value, m, v }, gradient, cells, { beta1, beta2, epsilon, clip, decay });
  backendOf(value.linalg).kernels.adam(
    value.size,
    [learningRate.pointer, power1.pointer, power2.pointer, scale?.pointer ?? 0],
    [beta1, beta2, epsilon, clip, decay, decoupled ? 1 : 0],
    [gradient.pointer, m.pointer, v.pointer, value.pointer],
  );
}

/** power = power · factor: β₁ᵗ and β₂ᵗ go on by one step. */
export function advancePower(power: Cell, factor: number): void {
  const { kernels } = checkOperands("advancePower", { cells: { power } });
  checkNumber("advancePower: factor", factor);
  kernels.advancePower(power.pointer, factor);
}

/** Elements whose norm {@link blockNorms} takes together. */
export const NORM_BLOCK = 1024;

/**
 * norms[b] = the Euclidean norm of x's elements from 1024·b on, row by row; `norms` is `[⌈size of x / 1024⌉ × 1]`. Throws a LinalgError if it
 * is of another size or shares memory with x.
 */
export function blockNorms(x: Matrix, norms: Matrix): void {
  const { kernels } = checkOperands("blockNorms", { matrices: { x, norms } });
  const blocks = Math.ceil(x.size / NORM_BLOCK);
  if (norms.rows !== blocks || norms.columns !== 1)
    throw new LinalgError(`blockNorms: norms is ${norms} but x is ${x}; norms must be ${blocks} × 1`);
  checkApart("blockNorms", { norms }, { x });
  kernels.blockNorms(x.size, x.pointer, norms.pointer);
}

/** scale = min(1, limit / norm), norm the Euclidean norm of all that `norms` were taken of. Throws a LinalgError if limit is not a positive number. */
export function clipScale(norms: Matrix, limit: number, scale: Cell): void {
  const { kernels } = checkOperands("clipScale", { matrices: { norms }, cells: { scale } });
  checkNumber("clipScale: limit", limit);
  if (!(limit > 0)) throw new LinalgError(`clipScale: limit is ${limit}; it must be above 0`);
  kernels.clipScale(norms.size, norms.pointer, limit, scale.pointer);
}

function checkUpdate(
  operation: string,
  changed: Readonly<Record<string, Matrix>>,
  gradient: Matrix,
  cells: Readonly<Record<string, Cell>>,
  numbers: Readonly<Record<string, number>>,
): void {
  checkOperands(operation, { matrices: { ...changed, gradient }, cells });
  for (const name in numbers) checkNumber(`${operation}: ${name}`, numbers[name]);
  const { value, ...state } = changed;
  const others: Readonly<Record<string, Matrix>> = { gradient, ...state };
  for (const name in others) checkSameShape(operation, "value", value, name, others[name]);
  checkApart(operation, changed, { gradient });
}
