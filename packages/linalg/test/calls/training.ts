// Random calls of the losses and the optimizers, with what each should give.
import type { Matrix } from "../../src/index.ts";
import { adam as referenceAdam } from "../../src/reference/adam.ts";
import * as referenceLosses from "../../src/reference/losses.ts";
import * as descent from "../../src/reference/descent.ts";
import { toRows } from "../matrices.ts";
import type { Call, Calls, Draw, Output } from "./Draw.ts";

interface Found {
  readonly lossSum: number;
  readonly gradient: number[][];
}

/** A call of a loss that compares values: `reference` is of some rows, `make` the call of the kernel. */
function valueLoss(
  draw: Draw,
  reference: (predicted: number[][], targets: number[][]) => Found,
  make: (predicted: Matrix, targets: Matrix, gradient: Matrix, losses: Matrix) => void,
): Call {
  const [rows, columns] = draw.shape();
  const predicted = draw.matrix(rows, Math.max(columns, 1));
  const targets = draw.matrix(rows, predicted.columns);
  const to = draw.filled(rows, predicted.columns, () => Number.NaN);
  const losses = draw.filled(rows, 1, () => Number.NaN);
  const [rowsP, rowsT] = [toRows(predicted), toRows(targets)];
  const expected = rowsP.map((row, i) => [reference([row], [rowsT[i]]).lossSum]);
  return {
    run: () => make(predicted, targets, to, losses),
    outputs: [
      { to, expected: reference(rowsP, rowsT).gradient },
      { to: losses, expected },
    ],
  };
}

/** Values in rows of `columns`. */
/** A matrix after an optimizer's step, whose sums of values, gradients and moments of about 1 may cancel. */
function updated(to: Matrix, values: number[]): Output {
  const { rows, columns } = to;
  return { to, expected: Array.from({ length: rows }, (_, i) => values.slice(i * columns, (i + 1) * columns)), terms: 1 };
}

/** Losses with their gradients, and updates. */
export const training: Calls = {
  softmaxCrossEntropy(draw) {
    const [rows, columns] = draw.shape();
    const logits = draw.matrix(rows, Math.max(columns, 1));
    const targets = draw.indices(rows, logits.columns);
    const to = draw.filled(rows, logits.columns, () => Number.NaN);
    const losses = draw.filled(rows, 1, () => Number.NaN);
    const { gradient } = referenceLosses.softmaxCrossEntropy(toRows(logits), [...targets.data]);
    const expected = toRows(logits).map((row, i) => [referenceLosses.softmaxCrossEntropy([row], [targets.data[i]]).lossSum]);
    return {
      run: () => draw.package.softmaxCrossEntropy(logits, targets, to, losses),
      outputs: [
        { to, expected: gradient },
        { to: losses, expected },
      ],
    };
  },
  meanSquaredError: (draw) => valueLoss(draw, referenceLosses.meanSquaredError, draw.package.meanSquaredError),
  meanAbsoluteError: (draw) => valueLoss(draw, referenceLosses.meanAbsoluteError, draw.package.meanAbsoluteError),
  binaryCrossEntropy: (draw) => valueLoss(draw, referenceLosses.binaryCrossEntropy, draw.package.binaryCrossEntropy),
  huber(draw) {
    const delta = 0.3;
    return valueLoss(
      draw,
      (predicted, targets) => referenceLosses.huber(predicted, targets, delta),
      (predicted, targets, to, losses) => draw.package.huber(predicted, targets, to, losses, delta),
    );
  },
  weightedCrossEntropy(draw) {
    const [rows, columns] = draw.shape();
    const logits = draw.matrix(rows, Math.max(columns, 1));
    const targets = draw.indices(rows, logits.columns);
    const smoothing = draw.one([0, 0.1, 0.9]);
    const weights = draw.one([undefined, draw.filled(1, logits.columns, () => 1 + draw.value())]);
    const to = draw.filled(rows, logits.columns, () => Number.NaN);
    const losses = draw.filled(rows, 1, () => Number.NaN);
    const plain = weights === undefined ? new Array<number>(logits.columns).fill(1) : [...weights.data];
    const reference = (z: number[][], t: number[]): Found => referenceLosses.weightedCrossEntropy(z, t, smoothing, plain);
    const expected = toRows(logits).map((row, i) => [reference([row], [targets.data[i]]).lossSum]);
    return {
      run: () => draw.package.weightedCrossEntropy(logits, targets, to, losses, { smoothing, ...(weights && { weights }) }),
      outputs: [
        { to, expected: reference(toRows(logits), [...targets.data]).gradient },
        { to: losses, expected },
      ],
    };
  },
  addSquares(draw) {
    const x = draw.matrix(...draw.shape());
    const y = draw.matrix(x.rows, x.columns);
    const sum = draw.guarded.cell(7);
    const values = y.data;
    const expected = [[x.data.reduce((total, value, index) => total + (value - values[index]) ** 2 / x.columns, 7)]];
    return { run: () => draw.package.addSquares(x, y, sum), outputs: [{ to: sum, expected }] };
  },
  countSides(draw) {
    const classes = draw.integer(2) === 0;
    const logits = draw.matrix(draw.one([0, 1, 9, 17]), classes ? 1 : draw.one([0, 1, 3]));
    const targets = classes ? draw.indices(logits.rows, 2) : draw.filled(logits.rows, logits.columns, () => (draw.value() + 1) / 2);
    const sum = draw.guarded.cell(7);
    const values = targets.data;
    const right = logits.data.filter((z, index) => z > 0 === values[index] > 0.5).length;
    const expected = [[7 + (right === 0 ? 0 : right / logits.columns)]];
    return { run: () => draw.package.countSides(logits, targets, sum), outputs: [{ to: sum, expected }] };
  },
  blockNorms(draw) {
    const x = draw.matrix(...draw.shape());
    const { data } = x;
    const norms = draw.filled(Math.ceil(x.size / 1024), 1, () => Number.NaN);
    const expected = Array.from({ length: norms.rows }, (_, block) => [Math.hypot(...data.subarray(block * 1024, (block + 1) * 1024))]);
    return { run: () => draw.package.blockNorms(x, norms), outputs: [{ to: norms, expected }] };
  },
  clipScale(draw) {
    const norms = draw.filled(draw.one([0, 1, 5]), 1, () => Math.abs(draw.value()));
    const [scale, limit] = [draw.guarded.cell(9), draw.one([0.25, 1])];
    const norm = Math.hypot(...norms.data);
    const expected = [[norm > limit ? limit / norm : 1]];
    return { run: () => draw.package.clipScale(norms, limit, scale), outputs: [{ to: scale, expected }] };
  },
  sgd(draw) {
    const value = draw.matrix(...draw.shape());
    const slope = draw.matrix(value.rows, value.columns);
    const velocity = draw.one([undefined, draw.matrix(value.rows, value.columns)]);
    const [clip, decay, momentum, nesterov] = [0.4, draw.one([0, 0.1]), velocity === undefined ? 0 : 0.9, draw.one([false, true])];
    const cells = { learningRate: draw.guarded.cell(0.01), scale: draw.guarded.cell(0.75) };
    const states = Array.from(value.data, (_, index) => ({ velocity: velocity?.data[index] ?? 0 }));
    const expected = Array.from(value.data, (w, index) =>
      descent.sgd(w, descent.takenGradient(slope.data[index], w, 0.75, clip, decay), states[index], 0.01, momentum, nesterov),
    );
    return {
      run: () => draw.package.sgd(value, slope, velocity, { ...cells, momentum, nesterov, clip, decay }),
      outputs: [
        updated(value, expected),
        ...(velocity === undefined
          ? []
          : [
              updated(
                velocity,
                states.map((state) => state.velocity),
              ),
            ]),
      ],
    };
  },
  rmsProp(draw) {
    const value = draw.matrix(...draw.shape());
    const slope = draw.matrix(value.rows, value.columns);
    const v = draw.filled(value.rows, value.columns, () => Math.abs(draw.value()));
    const [rho, epsilon, clip, decay] = [0.9, 1e-3, 0.4, draw.one([0, 0.1])];
    const cells = { learningRate: draw.guarded.cell(0.01), scale: draw.guarded.cell(0.75) };
    const states = Array.from(v.data, (square) => ({ v: square }));
    const expected = Array.from(value.data, (w, index) =>
      descent.rmsProp(w, descent.takenGradient(slope.data[index], w, 0.75, clip, decay), states[index], 0.01, rho, epsilon),
    );
    return {
      run: () => draw.package.rmsProp(value, slope, v, { ...cells, rho, epsilon, clip, decay }),
      outputs: [
        updated(value, expected),
        updated(
          v,
          states.map((state) => state.v),
        ),
      ],
    };
  },
  addSum(draw) {
    const x = draw.matrix(...draw.shape());
    const sum = draw.guarded.cell(7);
    const expected = [[x.data.reduce((total, value) => total + value, 7)]];
    return { run: () => draw.package.addSum(x, sum), outputs: [{ to: sum, expected }] };
  },
  adam(draw) {
    const value = draw.matrix(...draw.shape());
    const slope = draw.matrix(value.rows, value.columns);
    const m = draw.matrix(value.rows, value.columns);
    const v = draw.filled(value.rows, value.columns, () => Math.abs(draw.value()));
    const rates = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
    const step = 3;
    const cells = {
      learningRate: draw.guarded.cell(0.01),
      power1: draw.guarded.cell(0.9 ** step),
      power2: draw.guarded.cell(0.999 ** step),
    };
    const moments = Array.from(m.data, (first, index) => ({ m: first, v: v.data[index] }));
    const expected = Array.from(value.data, (before, index) =>
      referenceAdam(before, slope.data[index], moments[index], step, 0.01, rates.beta1, rates.beta2, rates.epsilon),
    );
    return {
      run: () => draw.package.adam(value, slope, m, v, { ...cells, ...rates }),
      outputs: [
        updated(value, expected),
        updated(
          m,
          moments.map((moment) => moment.m),
        ),
        updated(
          v,
          moments.map((moment) => moment.v),
        ),
      ],
    };
  },
  advancePower(draw) {
    const [power, factor] = [draw.guarded.cell(draw.value()), draw.value()];
    const expected = [[power.value * factor]];
    return { run: () => draw.package.advancePower(power, factor), outputs: [{ to: power, expected }] };
  },
  haltUnlessFinite(draw) {
    const sum = draw.guarded.cell(draw.value());
    return { run: () => draw.package.haltUnlessFinite(sum), outputs: [{ to: sum, expected: [[sum.value]] }] };
  },
};
