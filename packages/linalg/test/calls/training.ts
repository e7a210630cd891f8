// Random calls of the losses and the optimizers, with what each should give.
import { adam as referenceAdam } from "../../src/reference/adam.ts";
import * as referenceLosses from "../../src/reference/losses.ts";
import { toRows } from "../matrices.ts";
import type { Calls } from "./Draw.ts";

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
  meanSquaredError(draw) {
    const [rows, columns] = draw.shape();
    const predicted = draw.matrix(rows, Math.max(columns, 1));
    const targets = draw.matrix(rows, predicted.columns);
    const to = draw.filled(rows, predicted.columns, () => Number.NaN);
    const losses = draw.filled(rows, 1, () => Number.NaN);
    const [rowsP, rowsT] = [toRows(predicted), toRows(targets)];
    const { gradient } = referenceLosses.meanSquaredError(rowsP, rowsT);
    const expected = rowsP.map((row, i) => [referenceLosses.meanSquaredError([row], [rowsT[i]]).lossSum]);
    return {
      run: () => draw.package.meanSquaredError(predicted, targets, to, losses),
      outputs: [
        { to, expected: gradient },
        { to: losses, expected },
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
    const inRows = (values: number[]): number[][] =>
      Array.from({ length: value.rows }, (_, i) => values.slice(i * value.columns, (i + 1) * value.columns));
    return {
      run: () => draw.package.adam(value, slope, m, v, { ...cells, ...rates }),
      outputs: [
        { to: value, expected: inRows(expected) },
        { to: m, expected: inRows(moments.map((moment) => moment.m)) },
        { to: v, expected: inRows(moments.map((moment) => moment.v)) },
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
