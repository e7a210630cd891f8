// A known-answer test of the kernels: a fixed computation over inputs made by integer arithmetic, all its results folded bit by
// bit into one number. Every engine and every width must come to the same one, since the package promises the same bits.
import { axpy, gather, gatherRows, scal, takeIndices } from "../level1.ts";
import { addRow, sumRows } from "../level2.ts";
import { gemm } from "../level3.ts";
import type { Linalg } from "../Linalg.ts";
import {
  addSquares,
  addSum,
  binaryCrossEntropy,
  countEqual,
  countSides,
  huber,
  meanAbsoluteError,
  meanSquaredError,
  softmaxCrossEntropy,
  weightedCrossEntropy,
} from "../losses.ts";
import {
  argmax,
  exp,
  gelu,
  geluGradient,
  leakyRelu,
  leakyReluGradient,
  log,
  normalQuantile,
  relu,
  reluGradient,
  sigmoid,
  sigmoidGradient,
  softmax,
  tanh,
  tanhGradient,
} from "../nonlinear.ts";
import { adam, advancePower, blockNorms, clipScale, rmsProp, sgd } from "../optimizers.ts";
import { Draw } from "./Draw.ts";
import { Fold } from "./Fold.ts";
import { convolutions, pools, regularizers } from "./images.ts";
import { blocks, constants, training } from "./steps.ts";

/** What {@link answer} comes to; a kernel whose bits change on purpose changes it, and a test says to what. */
export const KNOWN_ANSWER = "cc79071d12f0e043";

/** [m, n, k]: tiles cut at every edge, more than one block of depth, of rows and of columns, a whole tile, thin ones and flat ones. */
const PRODUCTS: readonly (readonly [number, number, number])[] = [
  [21, 67, 450],
  [125, 35, 33],
  [5, 1061, 21],
  [7, 70, 19],
  [1, 10, 70],
  [32, 64, 64],
  [21, 7, 450],
  [18, 10, 9],
  [23, 16, 20],
];
/** α and β: β = 0 does not read C, and β = 1 adds to it. */
const SCALINGS = [
  { alpha: 1, beta: 0 },
  { alpha: -0.5, beta: 1 },
];
/** Where exp and tanh change their way: signed zeros, subnormals, overflow, underflow, infinities. */
const EDGES = [0, -0, 1e-40, -1e-40, 1e-5, 0.5, 8.9, 9.1, -9.1, 88.7, 88.8, -87.4, -103.9, -104.1, Infinity, -Infinity];

/** Whether the kernels of `linalg` give the bits that they are known to give, in some milliseconds. */
export function selfTest(linalg: Linalg): boolean {
  return answer(linalg) === KNOWN_ANSWER;
}

/** The bits of all results as 16 hexadecimal digits. */
export function answer(linalg: Linalg): string {
  const fold = new Fold();
  for (const part of [products, elements, rows, updates, blocks, constants, training, convolutions, pools, regularizers]) {
    using _scope = linalg.scope();
    part(linalg, fold);
  }
  return fold.digits();
}

function products(linalg: Linalg, fold: Fold): void {
  const draw = new Draw(1);
  for (const [m, n, k] of PRODUCTS) {
    // Dense, and sparse enough to be multiplied without its zeros.
    for (const share of [1, 0.2]) {
      const [a, b, c] = [draw.values(m * k, share), draw.values(k * n), draw.values(m * n)];
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          for (const scaling of SCALINGS) {
            using _scope = linalg.scope();
            const left = transposeA ? linalg.matrix(k, m, a) : linalg.matrix(m, k, a);
            const right = transposeB ? linalg.matrix(n, k, b) : linalg.matrix(k, n, b);
            const product = linalg.matrix(m, n, c);
            gemm(left, right, product, { transposeA, transposeB, ...scaling });
            fold.matrix(product);
          }
        }
      }
    }
  }
}

function elements(linalg: Linalg, fold: Fold): void {
  const draw = new Draw(2);
  const x = linalg.matrix(1, 1003);
  x.data.set(Array.from({ length: 1003 }, (_, index) => EDGES[index] ?? 40 * draw.next()));
  const dy = draw.matrix(linalg, 1, 1003);
  const [y, dx] = [linalg.matrix(1, 1003), linalg.matrix(1, 1003)];
  exp(x, y);
  fold.matrix(y);
  // The logarithms of all that exp gave, zero and infinity among it.
  log(y, y);
  fold.matrix(y);
  tanh(x, y);
  tanhGradient(y, dy, dx);
  fold.matrix(y, dx);
  relu(x, y);
  reluGradient(y, dy, dx);
  fold.matrix(y, dx);
  leakyRelu(x, y, 0.01);
  leakyReluGradient(y, dy, dx, 0.01);
  fold.matrix(y, dx);
  sigmoid(x, y);
  sigmoidGradient(y, dy, dx);
  fold.matrix(y, dx);
  gelu(x, y);
  geluGradient(x, dy, dx);
  fold.matrix(y, dx);
  x.data.set(Array.from({ length: 1003 }, (_, index) => (index + 0.5) / 1003));
  normalQuantile(x, y);
  fold.matrix(y);
  axpy(linalg.cell(0.3), dy, y);
  scal(-1.7, y);
  fold.matrix(y);
}

function rows(linalg: Linalg, fold: Fold): void {
  const draw = new Draw(3);
  for (const columns of [10, 37, 1]) {
    const x = draw.matrix(linalg, 53, columns);
    const [y, gradient, row] = [linalg.matrix(53, columns), linalg.matrix(53, columns), draw.matrix(linalg, 1, columns)];
    const order = linalg.indices(
      53,
      Array.from({ length: 53 }, (_, index) => (index * 20) % 53),
    );
    const [best, classes] = [linalg.indices(53), linalg.indices(53)];
    const [losses, sum] = [linalg.matrix(53, 1), linalg.cell()];
    addRow(row, x);
    gatherRows(x, order, y);
    sumRows(y, row);
    fold.matrix(y, row);
    argmax(x, best);
    gather(best, order, classes);
    countEqual(best, classes, sum);
    const [position, next] = [linalg.cell(7), linalg.indices(29)];
    takeIndices(order, position, next);
    fold.indices(best, classes, next);
    fold.cell(sum);
    fold.cell(position);
    softmaxCrossEntropy(x, classes, gradient, losses);
    fold.matrix(gradient, losses);
    softmax(x, y);
    meanSquaredError(x, y, gradient, losses);
    addSum(losses, sum);
    fold.matrix(y, gradient, losses);
    fold.cell(sum);
    weightedCrossEntropy(x, classes, gradient, losses, { smoothing: 0.1, weights: row });
    fold.matrix(gradient, losses);
    // The probabilities of softmax are targets in [0, 1].
    binaryCrossEntropy(x, y, gradient, losses);
    fold.matrix(gradient, losses);
    meanAbsoluteError(x, y, gradient, losses);
    fold.matrix(gradient, losses);
    huber(x, y, gradient, losses, 0.5);
    fold.matrix(gradient, losses);
    for (const measure of [addSquares, countSides]) {
      measure(x, y, sum);
      fold.cell(sum);
    }
  }
}

function updates(linalg: Linalg, fold: Fold): void {
  const draw = new Draw(4);
  const [value, gradient] = [draw.matrix(linalg, 7, 29), draw.matrix(linalg, 7, 29)];
  const [m, v] = [linalg.matrix(7, 29), linalg.matrix(7, 29)];
  const rates = {
    learningRate: linalg.cell(0.01),
    power1: linalg.cell(1),
    power2: linalg.cell(1),
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
  };
  for (let step = 0; step < 3; step += 1) {
    advancePower(rates.power1, rates.beta1);
    advancePower(rates.power2, rates.beta2);
    adam(value, gradient, m, v, rates);
    fold.matrix(value, m, v);
    fold.cell(rates.power1);
    fold.cell(rates.power2);
  }
  const scale = linalg.cell();
  const norms = linalg.matrix(1, 1);
  const taken = { learningRate: rates.learningRate, scale, clip: 0.1, decay: 0.01 };
  for (const nesterov of [false, true]) {
    blockNorms(gradient, norms);
    clipScale(norms, 1, scale);
    fold.matrix(norms);
    fold.cell(scale);
    sgd(value, gradient, nesterov ? m : undefined, { ...taken, momentum: 0.9, nesterov });
    rmsProp(value, gradient, v, { ...taken, rho: 0.9, epsilon: 1e-7 });
    adam(value, gradient, m, v, { ...rates, ...taken, decoupled: nesterov });
    fold.matrix(value, m, v);
  }
}
