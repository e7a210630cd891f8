// What convolutions, pools, normalisation and dropout refuse, and a fused convolution.
import { beforeAll, describe, expect, it } from "vitest";
import * as source from "../src/index.ts";
import { createLinalg, type Linalg, LinalgError, type Matrix, Windows } from "../src/index.ts";

let linalg: Linalg;
let other: Linalg;
beforeAll(async () => {
  [linalg, other] = [await createLinalg({ threads: 1 }), await createLinalg({ threads: 1 })];
});

const OPTIONS = { height: 4, width: 5, channels: 2, windowHeight: 3, windowWidth: 2 };
const windows = (over: object = {}): Windows => new Windows(linalg, { ...OPTIONS, ...over });
const m = (rows: number, columns: number): Matrix => linalg.matrix(rows, columns);
const loose = source as unknown as Record<string, (...operands: unknown[]) => unknown>;
const placement = { height: 2, width: 2, channels: 1, toHeight: 4, toWidth: 4, top: 1, left: 1, stepY: 1, stepX: 1 };
const draws = (over: object = {}) => ({ key: [1, 2], position: linalg.cell(), rate: 0.5, ...over });
const row = (): Matrix => m(1, 2);

describe("refused", () => {
  it.each<[string, () => unknown]>([
    ["Windows: height is 0; it must be at least 1", () => windows({ height: 0 })],
    ['Windows: channels is "2"; it must be a whole number of at least 0', () => windows({ channels: "2" })],
    ["Windows: strideY is NaN", () => windows({ strideY: Number.NaN })],
    ["Windows: windows of 5 × 2 are larger than images of 4 × 5", () => windows({ windowHeight: 5 })],
    ["Windows: a window may reach beyond an edge by less than its own size only", () => windows({ top: 3 })],
    ["Windows: options is null; it must be an object", () => new Windows(linalg, null as unknown as typeof OPTIONS)],
    ["Windows: numbers of an image is", () => windows({ height: 2 ** 15, width: 2 ** 15 })],
    ["conv2d: windows is an object; it must be Windows", () => loose["conv2d"](m(1, 40), m(12, 3), OPTIONS, m(1, 24))],
    ["conv2d: windows reach beyond the edges", () => source.conv2d(m(1, 40), m(12, 3), windows({ top: 1 }), m(1, 36))],
    ["conv2d: images are 1 × 39", () => source.conv2d(m(1, 39), m(12, 3), windows(), m(1, 24))],
    [
      "for these windows they must be images × 40, 12 × filters, images × 8 · filters",
      () => source.conv2d(m(2, 40), m(12, 3), windows(), m(1, 24)),
    ],
    ["conv2d: windows lives in another memory", () => source.conv2d(m(1, 40), m(12, 3), new Windows(other, OPTIONS), m(1, 24))],
    [
      "conv2dGradient: dw shares memory with x",
      () => {
        const x = m(12, 40);
        source.conv2dGradient(x, m(12, 8 * 40), windows(), x);
      },
    ],
    ["maxPool: images are 1 × 40, results 1 × 8", () => source.maxPool(m(1, 40), windows(), m(1, 8))],
    [
      "maxPoolGradient: there are 2 images and 1 gradients",
      () => source.maxPoolGradient(m(2, 40), m(2, 16), m(1, 16), windows(), m(1, 40)),
    ],
    [
      "averagePoolGradient: dx shares memory with dy",
      () => {
        const same = windows({ windowHeight: 1, windowWidth: 1 });
        const x = m(1, 40);
        source.averagePoolGradient(x, same, x);
      },
    ],
    ["placeImages: 2 × 2 pixels from (3, 1) on reach beyond 4 × 4", () => source.placeImages(m(1, 4), m(1, 16), { ...placement, top: 3 })],
    ["placeImages: x is 1 × 5 and y is 1 × 16", () => source.placeImages(m(1, 5), m(1, 16), placement)],
    ["placeImages: sizes and steps must be at least 1", () => source.placeImages(m(1, 4), m(1, 16), { ...placement, stepX: 0 })],
    ["turnKernel: w is 6 × 2 and y is 4 × 3 for 4 taps", () => source.turnKernel(m(6, 2), 4, m(4, 3))],
    ["turnKernel: w is 6 × 2 and y is 4 × 3 for 0 taps", () => source.turnKernel(m(6, 2), 0, m(4, 3))],
    [
      "batchMoments: x is 0 × 2; no rows have no mean",
      () =>
        source.batchMoments(
          m(0, 2),
          { mean: row(), inverse: row(), runningMean: row(), runningVariance: row() },
          { momentum: 0.9, epsilon: 1 },
        ),
    ],
    [
      "normalize: gamma is 1 × 2 but x is 3 × 3",
      () => source.normalize(m(3, 3), { mean: m(1, 3), inverse: m(1, 3), gamma: row(), beta: m(1, 3) }, m(3, 3)),
    ],
    [
      "normalizeGradient: dgamma shares memory with dbeta",
      () => {
        const one = row();
        source.normalizeGradient(m(3, 2), m(3, 2), { mean: row(), inverse: row(), gamma: row() }, { dgamma: one, dbeta: one });
      },
    ],
    ["dropout: rate is 1; it must be from 0 to less than 1", () => loose["dropout"](row(), row(), row(), draws({ rate: 1 }))],
    [
      "dropout: key is an object; it must be two unsigned 32-bit words",
      () => loose["dropout"](row(), row(), row(), draws({ key: [1, -1] })),
    ],
    [
      "dropout: position is 4; it must be a multiple of 8 from 0 on",
      () => loose["dropout"](row(), row(), row(), draws({ position: linalg.cell(4) })),
    ],
    ["multiply: x is 1 × 2 but z is 2 × 1; give both the same shape", () => source.multiply(row(), row(), m(2, 1))],
    ["reshaped: 4 × 3 can't be 5 × 2; that is 10 numbers, not 12", () => m(4, 3).reshaped(5, 2)],
    ["reshaped: rows is 0.5", () => m(1, 3).reshaped(0.5, 6)],
    ["reshaped: this block's rows are 5 elements apart", () => m(4, 5).block(0, 0, 2, 2).reshaped(1, 4)],
  ])("%s", (message, attempt) => {
    expect(attempt).toThrow(LinalgError);
    expect(attempt).toThrow(message);
  });

  it("Windows that were made without the package", () => {
    expect(() => loose["maxPool"](m(1, 40), Object.create(windows()), m(1, 16))).toThrow(LinalgError);
    expect(() => Object.assign(windows(), { count: 2 ** 20 })).toThrow(TypeError);
  });
});

it("a convolution's bias and activation are done within it when captured", () => {
  const images = linalg.matrix(
    40,
    40,
    Float32Array.from({ length: 1600 }, (_, index) => Math.sin(index)),
  );
  const w = linalg.matrix(
    12,
    3,
    Float32Array.from({ length: 36 }, (_, index) => Math.cos(index)),
  );
  const [bias, y, again] = [linalg.matrix(1, 3, [0.1, 0.2, 0.3]), m(40, 24), m(40, 24)];
  const one = windows();
  const step = (to: Matrix): void => {
    source.conv2d(images, w, one, to);
    source.addRow(bias, to.reshaped(320, 3));
    source.relu(to, to);
  };
  step(y);
  const program = linalg.capture(() => step(again));
  expect(program.summary).toEqual({ jobs: 1, fused: 2, barriers: 1 });
  program.run();
  expect([...again.data]).toEqual([...y.data]);
});
