// Random calls of convolutions, pools, normalisation and dropout, with what each should give.
import * as reference from "../../src/reference/images.ts";
import { sumRows } from "../../src/reference/rows.ts";
import type { Windows } from "../../src/index.ts";
import { toRows } from "../matrices.ts";
import type { Call, Calls, Draw } from "./Draw.ts";

const CHANNELS = [1, 2, 3, 4, 5, 8, 9, 17];
const IMAGES = [0, 1, 2, 3, 5];
const mean = (numbers: number[]): number => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
const variance = (numbers: number[]): number => mean(numbers.map((value) => (value - mean(numbers)) ** 2));
const EPSILON = 1e-3;

/** Windows that reach beyond the edges or not, on small images; now and then on ones that are worth all threads. */
function windowsOf(draw: Draw, inside: boolean): { windows: Windows; images: number } {
  const large = draw.integer(20) === 0;
  const [windowHeight, windowWidth] = [1 + draw.integer(3), 1 + draw.integer(3)];
  const beyond = (size: number): number => (inside ? 0 : draw.integer(size));
  const { linalg } = draw.guarded.cell(0);
  const windows = new draw.package.Windows(linalg, {
    height: windowHeight + draw.integer(large ? 12 : 5),
    width: windowWidth + draw.integer(large ? 12 : 5),
    channels: draw.one(CHANNELS),
    windowHeight,
    windowWidth,
    strideY: 1 + draw.integer(3),
    strideX: 1 + draw.integer(3),
    top: beyond(windowHeight),
    bottom: beyond(windowHeight),
    left: beyond(windowWidth),
    right: beyond(windowWidth),
  });
  return { windows, images: large ? 7 : draw.one(IMAGES) };
}

const nan = (): number => Number.NaN;

function pool(name: "maxPool" | "averagePool", combine: (numbers: number[]) => number): (draw: Draw) => Call {
  return (draw) => {
    const { windows, images } = windowsOf(draw, false);
    const x = draw.matrix(images, windows.imageSize);
    const y = draw.filled(images, windows.count * windows.channels, nan);
    const expected = reference.pool(toRows(x), windows, combine);
    return { run: () => draw.package[name](x, windows, y), outputs: [{ to: y, expected }] };
  };
}

const greatest = (numbers: number[]): number => Math.max(...numbers);
const toFirst = (numbers: number[]): number[] => numbers.map((_, index) => Number(index === numbers.indexOf(greatest(numbers))));
const evenly = (numbers: number[]): number[] => numbers.map(() => 1 / numbers.length);

function moments(draw: Draw, columns: number) {
  const row = (next = draw.value) => draw.filled(1, columns, next);
  return { mean: row(), inverse: row(() => 1 + Math.abs(draw.value())), gamma: row(), beta: row() };
}

/** What layers of images do, and dropout. */
export const images: Calls = {
  conv2d(draw) {
    const { windows, images: count } = windowsOf(draw, true);
    const filters = draw.one(CHANNELS);
    const [x, w] = [draw.matrix(count, windows.imageSize), draw.matrix(windows.patchSize, filters)];
    const y = draw.filled(count, windows.count * filters, nan);
    const expected = reference.conv2d(toRows(x), toRows(w), windows, filters);
    return { run: () => draw.package.conv2d(x, w, windows, y), outputs: [{ to: y, expected }] };
  },
  conv2dGradient(draw) {
    const { windows, images: count } = windowsOf(draw, true);
    const filters = draw.one(CHANNELS);
    const [x, dy] = [draw.matrix(count, windows.imageSize), draw.matrix(count, windows.count * filters)];
    const dw = draw.filled(windows.patchSize, filters, nan);
    const expected = reference.conv2dGradient(toRows(x), toRows(dy), windows, filters);
    return { run: () => draw.package.conv2dGradient(x, dy, windows, dw), outputs: [{ to: dw, expected }] };
  },
  placeImages(draw) {
    const [count, height, width, channels] = [draw.one(IMAGES), 1 + draw.integer(4), 1 + draw.integer(4), draw.one(CHANNELS)];
    const [top, left, stepY, stepX] = [draw.integer(3), draw.integer(3), 1 + draw.integer(2), 1 + draw.integer(2)];
    const toHeight = top + (height - 1) * stepY + 1 + draw.integer(3);
    const toWidth = left + (width - 1) * stepX + 1 + draw.integer(3);
    const x = draw.matrix(count, height * width * channels);
    const y = draw.matrix(count, toHeight * toWidth * channels);
    const rowsX = toRows(x);
    const expected = toRows(y).map((image, i) =>
      image.map((before, index) => {
        const [pixel, c] = [Math.floor(index / channels), index % channels];
        const [r, s] = [(Math.floor(pixel / toWidth) - top) / stepY, ((pixel % toWidth) - left) / stepX];
        const isPlaced = Number.isInteger(r) && Number.isInteger(s) && r >= 0 && s >= 0 && r < height && s < width;
        return isPlaced ? rowsX[i][(r * width + s) * channels + c] : before;
      }),
    );
    const placement = { height, width, channels, toHeight, toWidth, top, left, stepY, stepX };
    return { run: () => draw.package.placeImages(x, y, placement), outputs: [{ to: y, expected }] };
  },
  turnKernel(draw) {
    const [taps, channels, filters] = [1 + draw.integer(9), draw.one(CHANNELS), draw.one(CHANNELS)];
    const w = draw.matrix(taps * channels, filters);
    const y = draw.filled(taps * filters, channels, nan);
    const rows = toRows(w);
    const expected = Array.from({ length: taps * filters }, (_, row) =>
      Array.from({ length: channels }, (_column, c) => rows[(taps - 1 - Math.floor(row / filters)) * channels + c][row % filters]),
    );
    return { run: () => draw.package.turnKernel(w, taps, y), outputs: [{ to: y, expected }] };
  },
  maxPool: pool("maxPool", greatest),
  averagePool: pool("averagePool", mean),
  maxPoolGradient(draw) {
    const { windows, images: count } = windowsOf(draw, false);
    // Few different numbers, so that some are equal.
    const x = draw.filled(count, windows.imageSize, () => draw.integer(3));
    const y = draw.matrix(count, windows.count * windows.channels);
    reference.pool(toRows(x), windows, greatest).forEach((row, i) => y.data.set(row, i * row.length));
    const dy = draw.matrix(count, y.columns);
    const dx = draw.filled(count, x.columns, nan);
    const expected = reference.poolGradient(toRows(x), toRows(dy), windows, toFirst);
    return { run: () => draw.package.maxPoolGradient(x, y, dy, windows, dx), outputs: [{ to: dx, expected }] };
  },
  averagePoolGradient(draw) {
    const { windows, images: count } = windowsOf(draw, false);
    const dy = draw.matrix(count, windows.count * windows.channels);
    const dx = draw.filled(count, windows.imageSize, nan);
    const expected = reference.poolGradient(toRows(dx), toRows(dy), windows, evenly);
    return { run: () => draw.package.averagePoolGradient(dy, windows, dx), outputs: [{ to: dx, expected }] };
  },
  batchMoments(draw) {
    const x = draw.matrix(1 + draw.integer(200), draw.one(CHANNELS));
    const row = (next: () => number) => draw.filled(1, x.columns, next);
    const [average, inverse, runningMean, runningVariance] = [row(nan), row(nan), row(draw.value), row(draw.value)];
    const columns = Array.from({ length: x.columns }, (_, j) => toRows(x).map((values) => values[j]));
    const [before, beforeVariance] = [[...runningMean.data], [...runningVariance.data]];
    const options = { momentum: 0.75, epsilon: EPSILON };
    return {
      run: () => draw.package.batchMoments(x, { mean: average, inverse, runningMean, runningVariance }, options),
      outputs: [
        { to: average, expected: [columns.map(mean)] },
        { to: inverse, expected: [columns.map((values) => 1 / Math.sqrt(variance(values) + EPSILON))] },
        { to: runningMean, expected: [columns.map((values, j) => 0.75 * before[j] + 0.25 * mean(values))] },
        { to: runningVariance, expected: [columns.map((values, j) => 0.75 * beforeVariance[j] + 0.25 * variance(values))] },
      ],
    };
  },
  inverseDeviation(draw) {
    const x = draw.filled(1, draw.one(CHANNELS), () => Math.abs(draw.value()));
    const inverse = draw.filled(1, x.columns, nan);
    const expected = toRows(x).map((row) => row.map((value) => 1 / Math.sqrt(value + EPSILON)));
    return { run: () => draw.package.inverseDeviation(x, inverse, EPSILON), outputs: [{ to: inverse, expected }] };
  },
  normalize(draw) {
    const x = draw.matrix(...draw.shape());
    const by = moments(draw, x.columns);
    const y = draw.target(x);
    const at = (j: number): number[] => [by.mean.data[j], by.inverse.data[j], by.gamma.data[j], by.beta.data[j]];
    const expected = toRows(x).map((row) =>
      row.map((value, j) => {
        const [average, inverse, gamma, beta] = at(j);
        return (value - average) * inverse * gamma + beta;
      }),
    );
    return { run: () => draw.package.normalize(x, by, y), outputs: [{ to: y, expected }] };
  },
  normalizeGradient(draw) {
    const x = draw.matrix(1 + draw.integer(200), draw.one(CHANNELS));
    const dy = draw.matrix(x.rows, x.columns);
    const by = moments(draw, x.columns);
    const row = () => draw.filled(1, x.columns, nan);
    const [dgamma, dbeta, dx] = [row(), row(), draw.target(dy)];
    const [rowsX, rowsDy] = [toRows(x), toRows(dy)];
    const hat = rowsX.map((values) => values.map((value, j) => (value - by.mean.data[j]) * by.inverse.data[j]));
    const slopes = sumRows(rowsDy, x.columns);
    const products = sumRows(
      hat.map((values, i) => values.map((value, j) => value * rowsDy[i][j])),
      x.columns,
    );
    const expected = rowsDy.map((values, i) =>
      values.map((value, j) => by.inverse.data[j] * by.gamma.data[j] * (value - (slopes[j] + hat[i][j] * products[j]) / x.rows)),
    );
    return {
      run: () => draw.package.normalizeGradient(x, dy, by, { dgamma, dbeta, dx }),
      outputs: [
        { to: dgamma, expected: [products] },
        { to: dbeta, expected: [slopes] },
        { to: dx, expected },
      ],
    };
  },
  dropout(draw) {
    const x = draw.matrix(...draw.shape());
    const [y, factors] = [draw.target(x), draw.filled(x.rows, x.columns, nan)];
    const position = draw.guarded.cell(8 * draw.integer(1000));
    const draws = { key: [draw.integer(2 ** 32), draw.integer(2 ** 32)] as const, position, rate: 0.5 };
    const after = position.value + Math.ceil(x.size / 8) * 8;
    // Which are dropped is packages/nn/test/dropout.test.ts's to say.
    return {
      run: () => draw.package.dropout(x, y, factors, draws),
      outputs: [
        { to: y, expected: undefined },
        { to: factors, expected: undefined },
        { to: position, expected: [[after]] },
      ],
    };
  },
  multiply(draw) {
    const x = draw.matrix(...draw.shape());
    const y = draw.matrix(x.rows, x.columns);
    const z = draw.target(y);
    const rowsY = toRows(y);
    const expected = toRows(x).map((row, i) => row.map((value, j) => value * rowsY[i][j]));
    return { run: () => draw.package.multiply(x, y, z), outputs: [{ to: z, expected }] };
  },
};
