// Products that leave out the zeros of a constant: the same bits as with the zeros, whichever way the constant gets there. The dense
// way is one of few columns at a time, of which no product leaves anything out. Teams are started from dist/.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type * as source from "../src/index.ts";
import type { GemmOptions, Linalg, Matrix } from "../src/index.ts";
import { KC } from "./depthBlock.ts";
import { filled, firstDifference, shuffled } from "./programs/replayed.ts";
import { randomValues } from "./randomValues.ts";

// Threads of a team wait for one another, long where the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const built = (await import(new URL("../dist/index.js", import.meta.url).href)) as typeof source;
const { createLinalg, gatherRows, gemm } = built;

let linalgs: Linalg[];
beforeAll(async () => {
  linalgs = await Promise.all([{ threads: 1 }, { threads: 3 }, { threads: 2, wide: true }].map((options) => createLinalg(options)));
});
afterAll(() => Promise.all(linalgs.map((linalg) => linalg.close())));

/** Fewer columns than a product needs to leave zeros out. */
const FEW = 24;

/** Numbers of which about a share is not zero; every fifth row is empty, and every seventh full. */
function mostlyZeros(rows: number, columns: number, share = 0.3): Float32Array {
  const next = randomValues(rows * 1000 + columns);
  return Float32Array.from({ length: rows * columns }, (_, index) => {
    const row = Math.floor(index / columns);
    if (row % 5 === 3) return 0;
    return (next() + 1) / 2 < (row % 7 === 4 ? 1 : share) ? next() : 0;
  });
}

/** The product, a few columns at a time. */
function multiplyDense(a: Matrix, b: Matrix, c: Matrix, options: GemmOptions): void {
  for (let column = 0; column < c.columns; column += FEW) {
    const width = Math.min(FEW, c.columns - column);
    const part = options.transposeB ? b.block(column, 0, width, b.columns) : b.block(0, column, b.rows, width);
    gemm(a, part, c.block(0, column, c.rows, width), options);
  }
}

/** Whether the product of `constant` has the bits of that of `plain`, which holds the same numbers. */
function expectSame(constant: Matrix, plain: Matrix, b: Matrix, c: Matrix, options: GemmOptions): void {
  const { linalg } = c;
  using _scope = linalg.scope();
  const [expected, found] = [1, 2].map(() => linalg.matrix(c.rows, c.columns, c.data));
  multiplyDense(plain, b, expected, options);
  gemm(constant, b, found, options);
  expect(firstDifference(found.data, expected.data)).toBe(-1);
}

const SCALINGS = [
  { alpha: 1, beta: 0 },
  { alpha: 1, beta: 1 },
  { alpha: -0.5, beta: 0.25 },
];

/**
 * Requires the same of a constant [m × k] and of one [k × m], both made of `values`, and of matrices of which linalg does not know
 * that they are mostly zeros, with every transpose, α and β.
 */
function expectSameInAllWays(
  linalg: Linalg,
  [m, n, k]: readonly [number, number, number],
  values: Float32Array,
  spoil: (b: Matrix) => void,
): void {
  const [b, turnedB, c] = [filled(linalg, k, n, 1), filled(linalg, n, k, 1), filled(linalg, m, n, 2)];
  spoil(b);
  spoil(turnedB);
  for (const transposeA of [false, true]) {
    const [rows, columns] = transposeA ? [k, m] : [m, k];
    const [constant, plain] = [linalg.constant(rows, columns, values), linalg.matrix(rows, columns, values)];
    expect(constant.compressed === undefined).toBe(values.filter((value) => value !== 0).length > values.length / 2);
    for (const transposeB of [false, true]) {
      for (const scaling of SCALINGS) {
        const options = { transposeA, transposeB, ...scaling };
        expectSame(constant, plain, transposeB ? turnedB : b, c, options);
        expectSame(plain, plain, transposeB ? turnedB : b, c, options);
      }
    }
  }
}

describe("a product with a constant", () => {
  // m around where B is packed, n around the widths of panels, k around the depth of a block, and many of them.
  it.each([
    [1, 32, 1],
    [9, 33, KC],
    [7, 40, KC + 1],
    [20, 47, 2 * KC],
    [5, 64, 2 * KC + 1],
    [3, 47, 3 * KC + 340],
    [31, 88, 70],
    [32, 88, 70],
    [255, 71, 5],
    [256, 41, KC + 1],
    [300, 36, 33],
    [257, 129, 60],
  ])("%d × %d over %d: all transposes, α and β", (m, n, k) => {
    const values = mostlyZeros(m, k);
    for (const linalg of linalgs) expectSameInAllWays(linalg, [m, n, k], values, () => undefined);
  });

  it.each([
    ["B has ∞, −∞ and NaN", [Infinity, -Infinity, Number.NaN], []],
    ["the constant has them", [], [Infinity, -Infinity, Number.NaN]],
    ["both have", [Infinity, Number.NaN], [Infinity, -Infinity]],
  ])("has a NaN where the dense one has, when %s", (_when, inB, inA) => {
    const k = KC + 10;
    for (const [m, n] of [
      [20, 77],
      [20, 80],
      [40, 77],
    ]) {
      const values = mostlyZeros(m, k);
      inA.forEach((value, index) => (values[index * 517 + 5] = value));
      // In the first panel, in the last one, and in both blocks of depth.
      const places = [9, 117 * n + 62, 234 * n + 13];
      for (const linalg of linalgs) {
        expectSameInAllWays(linalg, [m, n, k], values, ({ data }) => inB.forEach((value, index) => (data[places[index]] = value)));
      }
    }
  });

  it.each([
    ["only zeros", () => 0],
    ["as many zeros as others", (index: number) => (index % 2 === 0 ? 0 : index)],
    ["one zero less", (index: number) => (index % 2 === 0 && index > 0 ? 0 : index + 1)],
    ["no zeros", (index: number) => index + 1],
    ["negative zeros", (index: number) => (index % 3 === 0 ? 1 : -0)],
  ])("of %s", (_what, value) => {
    for (const linalg of linalgs) {
      using _scope = linalg.scope();
      const values = Float32Array.from({ length: 12 * 20 }, (_, index) => value(index));
      const [constant, plain] = [linalg.constant(12, 20, values), linalg.matrix(12, 20, values)];
      expect(constant.compressed === undefined).toBe(values.filter((number) => number !== 0).length > values.length / 2);
      for (const scaling of SCALINGS) expectSame(constant, plain, filled(linalg, 20, 50, 1), filled(linalg, 12, 50, 2), scaling);
    }
  });

  it("into and from blocks", () => {
    for (const linalg of linalgs) {
      using _scope = linalg.scope();
      const values = mostlyZeros(30, 400);
      const [constant, plain] = [linalg.constant(30, 400, values), linalg.matrix(30, 400, values)];
      const [wideB, wideC, wideD] = [filled(linalg, 410, 90, 1), filled(linalg, 40, 100, 2), filled(linalg, 40, 100, 2)];
      const b = wideB.block(5, 7, 400, 70);
      multiplyDense(plain, b, wideC.block(3, 9, 30, 70), { beta: 1 });
      gemm(constant, b, wideD.block(3, 9, 30, 70), { beta: 1 });
      expect(firstDifference(wideD.data, wideC.data)).toBe(-1);
    }
  });
});

describe("rows gathered from a constant", () => {
  const [ROWS, INPUTS] = [150, KC + 30];

  // Batches of one row, of a few, and of more than the set has and a block of depth takes.
  it.each([
    [1, 32],
    [5, 47],
    [200, 64],
    [KC, 33],
    [KC + 1, 40],
    [2 * KC + 1, 36],
    [3, 520],
  ])("%d of them times %d columns: at once, captured, and as part of the whole", (count, n) => {
    for (const linalg of linalgs) {
      const values = mostlyZeros(ROWS, INPUTS);
      const [constant, plain] = [linalg.constant(ROWS, INPUTS, values), linalg.matrix(ROWS, INPUTS, values)];
      const order = shuffled(linalg, count, ROWS);
      const [dense, atOnce, captured] = [1, 2, 3].map(() => linalg.matrix(count, INPUTS));
      gatherRows(plain, order, dense);
      gatherRows(constant, order, atOnce);
      const [w, dz] = [filled(linalg, INPUTS, n, 1), filled(linalg, count, n, 2)];
      for (const { alpha, beta } of SCALINGS) {
        const [z, dw] = [filled(linalg, count, n, 3), filled(linalg, INPUTS, n, 4)];
        expectSame(atOnce, dense, w, z, { alpha, beta });
        expectSame(atOnce, dense, dz, dw, { alpha, beta, transposeA: true });
        const [zDense, zCaptured] = [1, 2].map(() => linalg.matrix(count, n, z.data));
        const [dwDense, dwCaptured] = [1, 2].map(() => linalg.matrix(INPUTS, n, dw.data));
        multiplyDense(dense, w, zDense, { alpha, beta });
        multiplyDense(dense, dz, dwDense, { alpha, beta, transposeA: true });
        const program = linalg.capture(() => {
          gatherRows(constant, order, captured);
          gemm(captured, w, zCaptured, { alpha, beta });
          gemm(captured, dz, dwCaptured, { alpha, beta, transposeA: true });
        });
        program.run();
        // It has gone to the compressed rows, not to gathered ones.
        expect(program.summary.jobs).toBe(2);
        expect([firstDifference(zCaptured.data, zDense.data), firstDifference(dwCaptured.data, dwDense.data)]).toEqual([-1, -1]);
      }
      // A batch's rows are those of the whole set's product.
      const [whole, batch] = [linalg.matrix(ROWS, n), linalg.matrix(count, n)];
      gemm(constant, w, whole);
      gemm(atOnce, w, batch);
      order.data.forEach((row, index) => {
        expect(firstDifference(batch.data.subarray(index * n, (index + 1) * n), whole.data.subarray(row * n, (row + 1) * n))).toBe(-1);
      });
    }
  });

  it("that are so many that one thread turns them for all", () => {
    const [rows, inputs, count, n] = [150, 200, 15_000, 32];
    const [values, dz] = [mostlyZeros(rows, inputs), Float32Array.from({ length: count * n }, randomValues(1))];
    const products = linalgs.map((linalg) => {
      using _scope = linalg.scope();
      const [constant, order] = [linalg.constant(rows, inputs, values), shuffled(linalg, count, rows)];
      const [batch, gradient] = [linalg.matrix(count, inputs), linalg.matrix(count, n, dz)];
      const [dw, dense] = [linalg.matrix(inputs, n), linalg.matrix(inputs, n)];
      linalg
        .capture(() => {
          gatherRows(constant, order, batch);
          gemm(batch, gradient, dw, { transposeA: true });
        })
        .run();
      gatherRows(constant, order, batch);
      multiplyDense(batch, gradient, dense, { transposeA: true });
      expect(firstDifference(dw.data, dense.data)).toBe(-1);
      return dw.data.slice();
    });
    for (const product of products) expect(firstDifference(product, products[0])).toBe(-1);
  });

  it("times a B that is not finite", () => {
    for (const linalg of linalgs) {
      const values = mostlyZeros(ROWS, INPUTS);
      const [constant, plain] = [linalg.constant(ROWS, INPUTS, values), linalg.matrix(ROWS, INPUTS, values)];
      const order = shuffled(linalg, 270, ROWS);
      const [dense, rows] = [linalg.matrix(270, INPUTS), linalg.matrix(270, INPUTS)];
      const [w, dz] = [filled(linalg, INPUTS, 70, 1), filled(linalg, 270, 70, 2)];
      w.data[(KC - 20) * 70 + 69] = Infinity;
      dz.data[9] = Number.NaN;
      const [z, zDense] = [linalg.matrix(270, 70), linalg.matrix(270, 70)];
      const [dw, dwDense] = [linalg.matrix(INPUTS, 70), linalg.matrix(INPUTS, 70)];
      gatherRows(plain, order, dense);
      multiplyDense(dense, w, zDense, {});
      multiplyDense(dense, dz, dwDense, { transposeA: true });
      linalg
        .capture(() => {
          gatherRows(constant, order, rows);
          gemm(rows, w, z);
          gemm(rows, dz, dw, { transposeA: true });
        })
        .run();
      expect([firstDifference(z.data, zDense.data), firstDifference(dw.data, dwDense.data)]).toEqual([-1, -1]);
      expect(z.data.some(Number.isNaN)).toBe(true);
    }
  });
});
