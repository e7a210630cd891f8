// Batch normalisation (Ioffe and Szegedy, 2015): each column of a batch to mean 0 and variance 1, then scaled and shifted.
import { checkApart, checkOperands, checkRow, checkSameOrApart, checkSameShape } from "./checks.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Matrix } from "./Matrix.ts";
import { checkNumber, checkOptions } from "./values.ts";

/** What columns are normalised by, `[1 × columns]` each; `inverse` is 1 / √(variance + ε). */
export interface Moments {
  readonly mean: Matrix;
  readonly inverse: Matrix;
}

/** Moving averages of a batch's mean and variance, `[1 × columns]` each. */
export interface RunningMoments {
  readonly runningMean: Matrix;
  readonly runningVariance: Matrix;
}

/** How moments are taken. */
export interface NormalizeOptions {
  /** What is kept of a moving average at each batch. */
  readonly momentum: number;
  /** Added to the variance. */
  readonly epsilon: number;
}

/**
 * The mean and 1 / √(variance + ε) of x's columns, and the moving averages taken on by them; the variance is the mean of squares,
 * as Keras has it. Sums are in f64, by blocks of rows. Throws a LinalgError unless all are rows as wide as x, which has a row.
 */
export function batchMoments(x: Matrix, moments: Moments & RunningMoments, options: NormalizeOptions): void {
  checkOptions("batchMoments: moments", moments);
  checkOptions("batchMoments: options", options);
  const { mean, inverse, runningMean, runningVariance } = moments;
  const rows = { mean, inverse, runningMean, runningVariance };
  const backend = checkOperands("batchMoments", { matrices: { x, ...rows } });
  const { momentum, epsilon } = options;
  checkNumber("batchMoments: momentum", momentum);
  checkNumber("batchMoments: epsilon", epsilon);
  for (const name in rows) checkRow("batchMoments", name, rows[name as keyof typeof rows], "x", x);
  if (x.rows === 0) throw new LinalgError(`batchMoments: x is ${x}; no rows have no mean`);
  checkApart("batchMoments", rows, { x });
  const pointers = Object.values(rows).map(({ pointer }) => pointer);
  backend.kernels.batchMoments(x.rows, x.columns, x.pointer, pointers, [momentum, epsilon], backend.batchSums(x.rows, x.columns));
}

/** inverse = 1 / √(variance + ε). Throws a LinalgError on unequal shapes. */
export function inverseDeviation(variance: Matrix, inverse: Matrix, epsilon: number): void {
  const { kernels } = checkOperands("inverseDeviation", { matrices: { variance, inverse } });
  checkNumber("inverseDeviation: epsilon", epsilon);
  checkSameShape("inverseDeviation", "variance", variance, "inverse", inverse);
  checkApart("inverseDeviation", { inverse }, { variance });
  kernels.inverseDeviation(variance.size, variance.pointer, inverse.pointer, epsilon);
}

/** y = γ·(x − mean)·inverse + β, row by row; y may be x. Throws a LinalgError unless all others are rows as wide as x. */
export function normalize(x: Matrix, by: Moments & { readonly gamma: Matrix; readonly beta: Matrix }, y: Matrix): void {
  checkOptions("normalize: by", by);
  const { mean, inverse, gamma, beta } = by;
  const rows = { mean, inverse, gamma, beta };
  const { kernels } = checkOperands("normalize", { matrices: { x, y, ...rows } });
  checkSameShape("normalize", "x", x, "y", y);
  checkSameOrApart("normalize", "x", x, "y", y);
  for (const name in rows) checkRow("normalize", name, rows[name as keyof typeof rows], "x", x);
  checkApart("normalize", { y }, rows);
  const pointers = Object.values(rows).map(({ pointer }) => pointer);
  kernels.normalize(x.rows, x.columns, x.pointer, pointers, y.pointer);
}

/**
 * dγ, dβ and, if asked for, dx of {@link normalize} by moments of x itself ({@link batchMoments}); dx may be dy. Throws a
 * LinalgError on other shapes.
 */
export function normalizeGradient(
  x: Matrix,
  dy: Matrix,
  by: Moments & { readonly gamma: Matrix },
  gradients: { readonly dgamma: Matrix; readonly dbeta: Matrix; readonly dx?: Matrix | undefined },
): void {
  checkOptions("normalizeGradient: by", by);
  checkOptions("normalizeGradient: gradients", gradients);
  const { mean, inverse, gamma } = by;
  const { dgamma, dbeta, dx = dy } = gradients;
  const [rows, results] = [
    { mean, inverse, gamma },
    { dgamma, dbeta },
  ];
  const backend = checkOperands("normalizeGradient", { matrices: { x, dy, dx, ...rows, ...results } });
  checkSameShape("normalizeGradient", "x", x, "dy", dy);
  checkSameShape("normalizeGradient", "x", x, "dx", dx);
  checkSameOrApart("normalizeGradient", "dy", dy, "dx", dx);
  const all = { ...rows, ...results };
  for (const name in all) checkRow("normalizeGradient", name, all[name as keyof typeof all], "x", x);
  if (x.rows === 0) throw new LinalgError(`normalizeGradient: x is ${x}; no rows have no mean`);
  checkApart("normalizeGradient", results, { x, dy, dx, ...rows });
  if (gradients.dx !== undefined) checkApart("normalizeGradient", { dx }, { x, ...rows });
  const { kernels } = backend;
  const sums = backend.batchSums(x.rows, x.columns);
  const operands = [x.pointer, dy.pointer, mean.pointer, inverse.pointer] as const;
  kernels.batchGradients(x.rows, x.columns, operands, [dgamma.pointer, dbeta.pointer], sums);
  if (gradients.dx === undefined) return;
  const pointers = [mean, inverse, gamma, dgamma, dbeta].map(({ pointer }) => pointer);
  kernels.normalizeGradient(x.rows, x.columns, x.pointer, dy.pointer, pointers, dx.pointer);
}
