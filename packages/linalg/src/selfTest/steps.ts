// The part of the self-test that looks at what else gemm's operands can be, and at captured steps: blocks, constants that are
// mostly zeros, rows gathered from them, and calls that are done within a product.
import { axpy, gather, gatherRows, takeIndices } from "../level1.ts";
import { addRow, sumRows } from "../level2.ts";
import { gemm } from "../level3.ts";
import type { Linalg } from "../Linalg.ts";
import { addSum, countEqual, softmaxCrossEntropy } from "../losses.ts";
import type { Matrix } from "../Matrix.ts";
import { argmax, relu, reluGradient, tanh, tanhGradient } from "../nonlinear.ts";
import { Draw } from "./Draw.ts";
import type { Fold } from "./Fold.ts";

/** Products of blocks of wider matrices, into such blocks. */
export function blocks(linalg: Linalg, fold: Fold): void {
  const draw = new Draw(5);
  const [x, w, y] = [draw.matrix(linalg, 60, 50), draw.matrix(linalg, 50, 60), draw.matrix(linalg, 50, 90)];
  gemm(x.block(3, 7, 41, 33), w.block(9, 2, 33, 45), y.block(1, 5, 41, 45), { beta: 1 });
  gemm(x.block(1, 8, 41, 33), w.block(2, 9, 40, 41), y.block(4, 50, 33, 40), { transposeA: true, transposeB: true });
  fold.matrix(y);
}

/** Products with a constant, with its transpose, and with rows gathered from it. */
export function constants(linalg: Linalg, fold: Fold): void {
  const draw = new Draw(6);
  // Panels of every width, more than one block of depth, few rows and many.
  const [rows, inputs, units, count] = [41, 450, 71, 28];
  const x = linalg.constant(rows, inputs, draw.values(rows * inputs, 0.2));
  const [w, z, dw] = [draw.matrix(linalg, inputs, units), draw.matrix(linalg, rows, units), draw.matrix(linalg, inputs, units)];
  gemm(x, w, z, { alpha: 0.1, beta: 1 });
  gemm(x, z, dw, { transposeA: true });
  fold.matrix(z, dw);
  const order = linalg.indices(count, draw.integers(count, rows));
  const [batch, output] = [linalg.matrix(count, inputs), linalg.matrix(count, units)];
  const program = linalg.capture(() => {
    gatherRows(x, order, batch);
    gemm(batch, w, output, { alpha: 0.1 });
    gemm(batch, output, dw, { transposeA: true, beta: 1 });
  });
  program.run(2);
  fold.matrix(output, dw);
}

/** Three steps of a network of three layers, captured. */
export function training(linalg: Linalg, fold: Fold): void {
  const draw = new Draw(7);
  const [samples, count, inputs, classes] = [70, 23, 90, 10];
  const [x, labels] = [
    linalg.constant(samples, inputs, draw.values(samples * inputs, 0.3)),
    linalg.indices(samples, draw.integers(samples, classes)),
  ];
  const [order, position, rows] = [linalg.indices(samples, draw.integers(samples, samples)), linalg.cell(), linalg.indices(count)];
  const [batch, targets] = [linalg.matrix(count, inputs), linalg.indices(count)];
  const [predicted, losses] = [linalg.indices(count), linalg.matrix(count, 1)];
  const [rate, lossSum, hits] = [linalg.cell(-0.05), linalg.cell(), linalg.cell()];
  const layer = (width: number, units: number) => {
    const parameters = [draw.matrix(linalg, width, units), draw.matrix(linalg, 1, units)] as const;
    const gradients = [linalg.matrix(width, units), linalg.matrix(1, units)] as const;
    const [y, dy] = [linalg.matrix(count, units), linalg.matrix(count, units)];
    const forward = (input: Matrix): void => {
      gemm(input, parameters[0], y, { alpha: 0.25 });
      addRow(parameters[1], y);
    };
    const backward = (input: Matrix, inputGradient?: Matrix): void => {
      gemm(input, dy, gradients[0], { transposeA: true });
      sumRows(dy, gradients[1]);
      if (inputGradient !== undefined) gemm(dy, parameters[0], inputGradient, { transposeB: true });
    };
    const update = (): void => parameters.forEach((parameter, index) => axpy(rate, gradients[index], parameter));
    return { parameters, y, dy, forward, backward, update };
  };
  const [first, second, third] = [layer(inputs, 48), layer(48, 40), layer(40, classes)];
  const program = linalg.capture(() => {
    takeIndices(order, position, rows);
    gatherRows(x, rows, batch);
    gather(labels, rows, targets);
    first.forward(batch);
    tanh(first.y, first.y);
    second.forward(first.y);
    relu(second.y, second.y);
    third.forward(second.y);
    softmaxCrossEntropy(third.y, targets, third.dy, losses);
    addSum(losses, lossSum);
    argmax(third.y, predicted);
    countEqual(predicted, targets, hits);
    third.backward(second.y, second.dy);
    reluGradient(second.y, second.dy, second.dy);
    second.backward(first.y, first.dy);
    tanhGradient(first.y, first.dy, first.dy);
    first.backward(batch);
    for (const { update } of [first, second, third]) update();
  });
  program.run(3);
  for (const { parameters } of [first, second, third]) fold.matrix(...parameters);
  fold.cell(lossSum);
  fold.cell(hits);
}
