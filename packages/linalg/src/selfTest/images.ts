// The part of the self-test that looks at what layers of images do, and at dropout.
import { dropout, multiply } from "../dropout.ts";
import { averagePool, averagePoolGradient, conv2d, conv2dGradient, maxPool, maxPoolGradient, placeImages, turnKernel } from "../images.ts";
import { addRow } from "../level2.ts";
import type { Linalg } from "../Linalg.ts";
import { relu } from "../nonlinear.ts";
import { batchMoments, inverseDeviation, normalize, normalizeGradient } from "../normalization.ts";
import { Windows } from "../Windows.ts";
import { Draw } from "./Draw.ts";
import type { Fold } from "./Fold.ts";

/** Filters: whole tiles of both widths and parts of them. */
const FILTERS = [16, 8, 21, 3];

/** Convolutions with their gradients. */
export function convolutions(linalg: Linalg, fold: Fold): void {
  const draw = new Draw(8);
  const [count, height, width, channels] = [5, 11, 9, 3];
  for (const filters of FILTERS) {
    const shape = { height: height + 2, width: width + 1, channels, windowHeight: 3, windowWidth: 2 };
    const windows = new Windows(linalg, { ...shape, strideY: 2 });
    const placement = { height, width, channels, toHeight: height + 2, toWidth: width + 1, top: 1, left: 0, stepY: 1, stepX: 1 };
    const [images, x] = [draw.matrix(linalg, count, height * width * channels), linalg.matrix(count, windows.imageSize)];
    const [w, turned] = [draw.matrix(linalg, windows.patchSize, filters), linalg.matrix(6 * filters, channels)];
    const [y, row] = [linalg.matrix(count, windows.count * filters), draw.matrix(linalg, 1, filters)];
    const dw = linalg.matrix(windows.patchSize, filters);
    placeImages(images, x, placement);
    conv2d(x, w, windows, y);
    fold.matrix(y);
    // Captured, so that what follows is done within the convolution.
    const program = linalg.capture(() => {
      conv2d(x, w, windows, y);
      addRow(row, y.reshaped(count * windows.count, filters));
      relu(y, y);
    });
    program.run();
    conv2dGradient(x, y, windows, dw);
    turnKernel(w, 6, turned);
    fold.matrix(x, y, dw, turned);
  }
}

/** Pools with their gradients. */
export function pools(linalg: Linalg, fold: Fold): void {
  const draw = new Draw(9);
  for (const channels of [1, 4, 7]) {
    const shape = { height: 7, width: 8, channels, windowHeight: 3, windowWidth: 2, strideY: 2, strideX: 2 };
    const windows = new Windows(linalg, { ...shape, top: 1, bottom: 1 });
    const [x, dx] = [draw.matrix(linalg, 4, windows.imageSize), linalg.matrix(4, windows.imageSize)];
    const [y, dy] = [linalg.matrix(4, windows.count * channels), draw.matrix(linalg, 4, windows.count * channels)];
    maxPool(x, windows, y);
    maxPoolGradient(x, y, dy, windows, dx);
    fold.matrix(y, dx);
    averagePool(x, windows, y);
    averagePoolGradient(dy, windows, dx);
    fold.matrix(y, dx);
  }
}

/** Batch normalisation and dropout. */
export function regularizers(linalg: Linalg, fold: Fold): void {
  const draw = new Draw(10);
  for (const columns of [16, 5]) {
    const row = () => draw.matrix(linalg, 1, columns);
    const [x, y, dy] = [draw.matrix(linalg, 150, columns), linalg.matrix(150, columns), draw.matrix(linalg, 150, columns)];
    const [mean, inverse, runningMean, runningVariance] = [row(), row(), row(), linalg.matrix(1, columns)];
    const [gamma, beta, dgamma, dbeta] = [row(), row(), row(), row()];
    batchMoments(x, { mean, inverse, runningMean, runningVariance }, { momentum: 0.9, epsilon: 1e-3 });
    fold.matrix(mean, inverse, runningMean, runningVariance);
    normalize(x, { mean, inverse, gamma, beta }, y);
    normalizeGradient(x, dy, { mean, inverse, gamma }, { dgamma, dbeta, dx: dy });
    inverseDeviation(runningVariance, inverse, 1e-3);
    fold.matrix(y, dy, dgamma, dbeta, inverse);
    const [factors, position] = [linalg.matrix(150, columns), linalg.cell(16)];
    dropout(x, y, factors, { key: [0x9e3779b9, 7], position, rate: 0.3 });
    multiply(dy, factors, dy);
    fold.matrix(y, factors, dy);
    fold.cell(position);
  }
}
