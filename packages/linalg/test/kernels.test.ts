// The kernels of level 1 and 2, the nonlinear ones and the losses, each against its definition at widths around the
// four lanes of a vector.
import { beforeAll, describe, expect, it } from "vitest";
import * as linalgModule from "../src/index.ts";
import { createLinalg, type Linalg, type Matrix } from "../src/index.ts";
import { adam as referenceAdam } from "../src/reference/adam.ts";
import * as referenceLosses from "../src/reference/losses.ts";
import * as reference from "../src/reference/rows.ts";
import { randomRows, relativeError, toMatrix, toRows } from "./matrices.ts";
import { randomValues } from "./randomValues.ts";

const widths = [1, 2, 3, 4, 5, 7, 8, 9, 10, 16, 17];
const heights = [0, 1, 2, 5];

let linalg: Linalg;
beforeAll(async () => {
  linalg = await createLinalg({ threads: 1 });
});

/** Runs `check` with random rows of every height and width, in a scope of its own. */
function eachShape(check: (rows: number[][], height: number, width: number) => void): void {
  for (const height of heights) {
    for (const width of widths) {
      using _scope = linalg.scope();
      check(randomRows(height, width, height * 100 + width), height, width);
    }
  }
}

describe("level 1 and 2", () => {
  it("axpy: y += α·x", () => {
    eachShape((x, height, width) => {
      const y = randomRows(height, width, 9);
      const matrix = toMatrix(linalg, y, width);
      linalgModule.axpy(linalg.cell(-0.25), toMatrix(linalg, x, width), matrix);
      expect(toRows(matrix)).toEqual(y.map((row, i) => row.map((value, j) => Math.fround(value - Math.fround(0.25 * x[i][j])))));
    });
  });

  it("scal: x = α·x", () => {
    eachShape((x, _, width) => {
      const matrix = toMatrix(linalg, x, width);
      linalgModule.scal(0.5, matrix);
      expect(toRows(matrix)).toEqual(x.map((row) => row.map((value) => value / 2)));
    });
  });

  it("addRow and sumRows", () => {
    eachShape((x, height, width) => {
      const [row] = randomRows(1, width, 4);
      const matrix = toMatrix(linalg, x, width);
      linalgModule.addRow(toMatrix(linalg, [row], width), matrix);
      expect(relativeError(toRows(matrix), reference.addRow(row, x))).toBeLessThan(1e-6);
      const sums = linalg.matrix(1, width, new Array(width).fill(Number.NaN));
      linalgModule.sumRows(toMatrix(linalg, x, width), sums);
      expect(relativeError(toRows(sums), [reference.sumRows(x, width)])).toBeLessThan(1e-6);
      expect(height).toBe(x.length);
    });
  });

  it("gatherRows and gather put rows and labels in the given order, repeats included", () => {
    const order = linalg.indices(4, [2, 0, 2, 1]);
    const y = linalg.matrix(4, 2);
    linalgModule.gatherRows(linalg.matrix(3, 2, [0, 1, 2, 3, 4, 5]), order, y);
    expect([...y.data]).toEqual([4, 5, 0, 1, 4, 5, 2, 3]);
    const labels = linalg.indices(4);
    linalgModule.gather(linalg.indices(3, [7, 8, 9]), order, labels);
    expect([...labels.data]).toEqual([9, 7, 9, 8]);
  });

  it.each([-1, 3])("gatherRows refuses the index %d of three rows", (index) => {
    expect(() => linalgModule.gatherRows(linalg.matrix(3, 2), linalg.indices(1, [index]), linalg.matrix(1, 2))).toThrow(
      `gatherRows: order[0] is ${index}; it must be from 0 to 2`,
    );
  });
});

describe("nonlinear", () => {
  it("relu and its gradient; the gradient at 0 is 0", () => {
    eachShape((x, height, width) => {
      if (height > 0) x[0][0] = 0;
      const y = toMatrix(linalg, x, width);
      linalgModule.relu(y, y);
      expect(toRows(y)).toEqual(x.map((row) => row.map((value) => Math.max(value, 0))));
      const dy = randomRows(height, width, 5);
      const dx = toMatrix(linalg, dy, width);
      linalgModule.reluGradient(y, dx, dx);
      expect(toRows(dx)).toEqual(dy.map((row, i) => row.map((value, j) => (x[i][j] > 0 ? value : 0))));
    });
  });

  it("relu lets NaN through, in vectors and in the rest", () => {
    const y = linalg.matrix(1, 5);
    linalgModule.relu(linalg.matrix(1, 5, new Array(5).fill(Number.NaN)), y);
    expect([...y.data]).toEqual(new Array(5).fill(Number.NaN));
  });

  it("tanh's gradient is 1 − tanh²", () => {
    eachShape((x, height, width) => {
      const y = linalg.matrix(height, width);
      linalgModule.tanh(toMatrix(linalg, x, width), y);
      const dx = linalg.matrix(height, width);
      linalgModule.tanhGradient(y, linalg.matrix(height, width, new Array(height * width).fill(1)), dx);
      expect(
        relativeError(
          toRows(dx),
          x.map((row) => row.map((value) => 1 - Math.tanh(value) ** 2)),
        ),
      ).toBeLessThan(1e-6);
    });
  });

  it("softmax and argmax", () => {
    eachShape((x, height, width) => {
      const scaled = x.map((row) => row.map((value) => value * 50));
      const y = linalg.matrix(height, width);
      linalgModule.softmax(toMatrix(linalg, scaled, width), y);
      expect(relativeError(toRows(y), reference.softmax(scaled))).toBeLessThan(1e-6);
      const best = linalg.indices(height);
      linalgModule.argmax(toMatrix(linalg, x, width), best);
      expect([...best.data]).toEqual(reference.argmax(x));
    });
  });

  it("softmax stays finite where exp alone would overflow", () => {
    const y = linalg.matrix(1, 3);
    linalgModule.softmax(linalg.matrix(1, 3, [1e30, 1e30, -1e30]), y);
    expect([...y.data]).toEqual([0.5, 0.5, 0]);
  });

  it("argmax takes the first of equals", () => {
    const best = linalg.indices(1);
    linalgModule.argmax(linalg.matrix(1, 4, [1, 3, 3, 2]), best);
    expect(best.data[0]).toBe(1);
  });

  it("normalQuantile inverts the normal distribution", () => {
    // Python: statistics.NormalDist().inv_cdf(p)
    const known: [p: number, quantile: number][] = [
      [0.5, 0],
      [0.8413447460685429, 1],
      [0.0013498980316301035, -3],
      [0.975, 1.959963984540054],
      [5.960464477539063e-8, -5.294704084854598],
    ];
    const y = linalg.matrix(1, known.length);
    linalgModule.normalQuantile(
      linalg.matrix(
        1,
        known.length,
        known.map(([p]) => p),
      ),
      y,
    );
    known.forEach(([, quantile], index) => expect(y.data[index]).toBeCloseTo(quantile, 5));
  });
});

describe("losses", () => {
  it("softmaxCrossEntropy gives the losses and writes the gradient", () => {
    eachShape((x, height, width) => {
      const targets = x.map((_, i) => (i * 7) % width);
      const gradient = linalg.matrix(height, width);
      const losses = linalg.matrix(height, 1);
      const lossSum = linalg.cell(10);
      linalgModule.softmaxCrossEntropy(toMatrix(linalg, x, width), linalg.indices(height, targets), gradient, losses);
      linalgModule.addSum(losses, lossSum);
      const expected = referenceLosses.softmaxCrossEntropy(x, targets);
      expect(lossSum.value).toBeCloseTo(10 + expected.lossSum, 5);
      expect(relativeError(toRows(gradient), expected.gradient)).toBeLessThan(2e-6);
    });
  });

  it("softmaxCrossEntropy is finite however wrong the model is", () => {
    const losses = linalg.matrix(1, 1);
    linalgModule.softmaxCrossEntropy(linalg.matrix(1, 2, [500, -500]), linalg.indices(1, [1]), linalg.matrix(1, 2), losses);
    expect(losses.data[0]).toBe(1000);
  });

  it("softmaxCrossEntropy refuses a class that is not there", () => {
    expect(() =>
      linalgModule.softmaxCrossEntropy(linalg.matrix(1, 2), linalg.indices(1, [2]), linalg.matrix(1, 2), linalg.matrix(1, 1)),
    ).toThrow("softmaxCrossEntropy: targets[0] is 2; it must be from 0 to 1");
  });

  it("meanSquaredError gives the losses and writes the gradient", () => {
    eachShape((x, height, width) => {
      const targets = randomRows(height, width, 6);
      const gradient = linalg.matrix(height, width);
      const losses = linalg.matrix(height, 1);
      const lossSum = linalg.cell();
      linalgModule.meanSquaredError(toMatrix(linalg, x, width), toMatrix(linalg, targets, width), gradient, losses);
      linalgModule.addSum(losses, lossSum);
      const expected = referenceLosses.meanSquaredError(x, targets);
      expect(lossSum.value).toBeCloseTo(expected.lossSum, 6);
      expect(relativeError(toRows(gradient), expected.gradient)).toBeLessThan(1e-6);
    });
  });

  it("countEqual adds the number of hits", () => {
    const sum = linalg.cell(1);
    linalgModule.countEqual(linalg.indices(3, [1, 2, 3]), linalg.indices(3, [1, 0, 3]), sum);
    expect(sum.value).toBe(3);
  });
});

it("adam follows the f64 reference over 100 steps", () => {
  const rates = {
    learningRate: linalg.cell(0.01),
    power1: linalg.cell(1),
    power2: linalg.cell(1),
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-7,
  };
  const [value, gradient, m, v]: Matrix[] = [
    linalg.matrix(1, 5, [1, -1, 0.5, 2, 0]),
    linalg.matrix(1, 5),
    linalg.matrix(1, 5),
    linalg.matrix(1, 5),
  ];
  const expected = [...value.data];
  const moments = expected.map(() => ({ m: 0, v: 0 }));
  const next = randomValues(8);
  for (let t = 1; t <= 100; t += 1) {
    const g = expected.map(() => next() + 0.3);
    gradient.data.set(g);
    linalgModule.advancePower(rates.power1, rates.beta1);
    linalgModule.advancePower(rates.power2, rates.beta2);
    linalgModule.adam(value, gradient, m, v, rates);
    moments.forEach((moment, index) => {
      expected[index] = referenceAdam(expected[index], Math.fround(g[index]), moment, t, 0.01, 0.9, 0.999, 1e-7);
    });
  }
  expect(relativeError([[...value.data]], [expected])).toBeLessThan(1e-5);
});
