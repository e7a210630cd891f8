// Operands for a kernel as JavaScript may hand them over, by the thousand.
import type { Matrix } from "../../src/index.ts";
import type { Draw } from "./Draw.ts";

/** The kinds of each kernel's operands, by letter: see {@link looseOperands}. */
export const SIGNATURES: Readonly<Record<string, string>> = {
  adam: "mmmmo",
  addRow: "rm",
  addSum: "mc",
  advancePower: "cn",
  argmax: "mi",
  axpy: "cmm",
  countEqual: "iic",
  exp: "mm",
  gather: "iii",
  gatherRows: "mim",
  gemm: "mmmo",
  haltUnlessFinite: "c",
  meanSquaredError: "mmmv",
  reluGradient: "mmm",
  scal: "nm",
  softmaxCrossEntropy: "mimv",
  sumRows: "mr",
  addSquares: "mmc",
  binaryCrossEntropy: "mmmv",
  blockNorms: "mv",
  clipScale: "mnc",
  countSides: "mmc",
  gelu: "mm",
  geluGradient: "mmm",
  huber: "mmmvn",
  leakyRelu: "mmn",
  leakyReluGradient: "mmmn",
  meanAbsoluteError: "mmmv",
  rmsProp: "mmmo",
  sgd: "mmmo",
  sigmoid: "mm",
  weightedCrossEntropy: "mimvo",
  takeIndices: "ici",
};
const JUNK: readonly unknown[] = [undefined, null, "1", {}, [], Symbol("x"), 1n];

/** Operands of one call: most of them fit, a few are of another shape or kind, and matrices and lists often share memory. */
export function looseOperands(signature: string, draw: Draw): unknown[] {
  const [whole, order] = [draw.matrix(6, 3), draw.indices(6, 3)];
  const size = (): number => (draw.integer(8) === 0 ? draw.one([0, 1, 3]) : 2);
  const matrix = (rows: number, columns: number): Matrix =>
    draw.one([
      () => draw.matrix(rows, columns),
      () => draw.block(rows, columns),
      () => whole.block(draw.integer(7 - rows), draw.integer(4 - columns), rows, columns),
    ])();
  const [learningRate, power1, power2] = [0.01, 0.9, 0.999].map((value) => draw.guarded.cell(value));
  const rates = { learningRate, power1, power2, smoothing: 0.1, momentum: 0.9, rho: 0.9, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
  const kinds: Readonly<Record<string, () => unknown>> = {
    // A matrix, a row, a column.
    m: () => matrix(size(), size()),
    r: () => matrix(1, size()),
    v: () => matrix(size(), 1),
    // Indices, a cell, a number, options.
    i: () => (draw.integer(2) === 0 ? draw.indices(size(), 3) : order.slice(draw.integer(4), size())),
    c: () => draw.guarded.cell(draw.one([0, 0, 1, 4, 5, -1, 0.5, Number.NaN])),
    n: () => draw.value(),
    o: () => ({ ...rates, transposeA: draw.integer(2) === 1, alpha: 2, beta: draw.integer(2) }),
    // Anything else.
    x: () => draw.one(JUNK),
  };
  return [...signature].map((kind) => kinds[draw.integer(10) === 0 ? draw.one(Object.keys(kinds)) : kind]());
}
