// Products that leave out the zeros of a constant: the same bits as with the zeros, whichever way the constant gets there. The dense
// way is one of few columns at a time, of which no product leaves anything out. Teams are started from dist/.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as source from "../src/index.ts";
import type { GemmOptions, Linalg, Matrix } from "../src/index.ts";
import { filled, firstDifference, shuffled } from "./programs/replayed.ts";
import { randomValues } from "./randomValues.ts";

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
const WAYS = [false, true].flatMap((transposeA) =>
  [false, true].flatMap((transposeB) => SCALINGS.map((scaling) => ({ transposeA, transposeB, ...scaling }))),
);

describe("a product with a constant", () => {
  // m around where B is packed, n around the widths of panels, k around the depth of a block, and many of them.
  it.each([
    [1, 32, 1],
    [9, 33, 320],
    [7, 40, 321],
    [20, 47, 640],
    [5, 64, 641],
    [9, 105, 1300],
    [255, 71, 5],
    [256, 64, 321],
    [300, 36, 33],
    [257, 129, 60],
  ])("%d × %d over %d: all transposes, α and β", (m, n, k) => {
    for (const linalg of linalgs) {
      for (const options of WAYS) {
        using _scope = linalg.scope();
        const [rows, columns] = options.transposeA ? [k, m] : [m, k];
        const values = mostlyZeros(rows, columns);
        const [constant, plain] = [linalg.constant(rows, columns, values), linalg.matrix(rows, columns, values)];
        expect(constant.compressed === undefined).toBe(values.filter((value) => value !== 0).length > values.length / 2);
        const b = options.transposeB ? filled(linalg, n, k, 1) : filled(linalg, k, n, 1);
        expectSame(constant, plain, b, filled(linalg, m, n, 2), options);
      }
    }
  });

  it.each([
    ["B has ∞, −∞ and NaN", [Infinity, -Infinity, Number.NaN], []],
    ["the constant has them", [], [Infinity, -Infinity, Number.NaN]],
    ["both have", [Infinity, Number.NaN], [Infinity, -Infinity]],
  ])("has a NaN where the dense one has, when %s", (_when, inB, inA) => {
    const [n, k] = [77, 330];
    for (const linalg of linalgs) {
      for (const m of [20, 260]) {
        for (const options of WAYS) {
          using _scope = linalg.scope();
          const [rows, columns] = options.transposeA ? [k, m] : [m, k];
          const values = mostlyZeros(rows, columns);
          inA.forEach((value, index) => (values[index * 517 + 5] = value));
          const [constant, plain] = [linalg.constant(rows, columns, values), linalg.matrix(rows, columns, values)];
          const b = options.transposeB ? filled(linalg, n, k, 1) : filled(linalg, k, n, 1);
          // In a packed panel, in the last one, and in both blocks of depth.
          inB.forEach((value, index) => (b.data[index * 9001 + 70] = value));
          expectSame(constant, plain, b, filled(linalg, m, n, 2), options);
        }
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
      for (const options of WAYS.filter(({ transposeA, transposeB }) => !transposeA && !transposeB)) {
        expectSame(constant, plain, filled(linalg, 20, 50, 1), filled(linalg, 12, 50, 2), options);
      }
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
  const [ROWS, INPUTS] = [150, 350];

  // Batches of one row, of a few, and of more than the set has and a block of depth takes.
  it.each([
    [1, 32],
    [5, 47],
    [200, 64],
    [320, 33],
    [321, 40],
    [641, 105],
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

  it("times a B that is not finite", () => {
    for (const linalg of linalgs) {
      const values = mostlyZeros(ROWS, INPUTS);
      const [constant, plain] = [linalg.constant(ROWS, INPUTS, values), linalg.matrix(ROWS, INPUTS, values)];
      const order = shuffled(linalg, 270, ROWS);
      const [dense, rows] = [linalg.matrix(270, INPUTS), linalg.matrix(270, INPUTS)];
      const [w, dz] = [filled(linalg, INPUTS, 70, 1), filled(linalg, 270, 70, 2)];
      w.data[300 * 70 + 69] = Infinity;
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
