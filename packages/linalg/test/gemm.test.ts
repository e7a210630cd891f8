// f32 sums of k products differ from the f64 reference by rounding: at most about k · 2⁻²⁴ of the sum of magnitudes;
// 2e-6 of the largest result leaves a factor of some at k = 800 with values in (−1, 1).
import { beforeAll, describe, expect, it } from "vitest";
import { createLinalg, gemm, type Linalg } from "../src/index.ts";
import * as reference from "../src/reference/gemm.ts";
import { KC } from "./depthBlock.ts";
import { randomRows, relativeError, toMatrix, toRows } from "./matrices.ts";

const TOLERANCE = 2e-6;
// 0, 1, tiles of 4 × 8, the widths 8, 12 and 16 of a thin product ± 1, and of the depth of a block.
const sizes = [0, 1, 3, 4, 5, 7, 8, 9, 12, 13, 16, 17];
const depths = [0, 1, 2, KC - 1, KC, KC + 1, 2 * KC + 1];

describe("gemm", () => {
  let linalg: Linalg;
  beforeAll(async () => {
    linalg = await createLinalg({ threads: 1 });
  });

  function check(m: number, n: number, k: number, transposeA: boolean, transposeB: boolean, alpha: number, beta: number): void {
    using _scope = linalg.scope();
    const a = randomRows(m, k, 1);
    const b = randomRows(k, n, 2);
    const c = randomRows(m, n, 3);
    const matrixC = toMatrix(linalg, c, n);
    gemm(
      transposeA ? toMatrix(linalg, reference.transpose(a, k), m) : toMatrix(linalg, a, k),
      transposeB ? toMatrix(linalg, reference.transpose(b, n), k) : toMatrix(linalg, b, n),
      matrixC,
      { transposeA, transposeB, alpha, beta },
    );
    const expected = reference.gemm(a, b, c, alpha, beta);
    const error = relativeError(toRows(matrixC), expected);
    expect(error, `${m} × ${k} × ${n}, α ${alpha}, β ${beta}`).toBeLessThan(TOLERANCE);
  }

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])("equals the definition at edge sizes, transposed A %s, B %s", (transposeA, transposeB) => {
    for (const m of sizes) for (const n of sizes) for (const k of depths) check(m, n, k, transposeA, transposeB, 1, 0);
  });

  it.each([0, 1, -0.5])("takes alpha and beta, beta %d", (beta) => {
    for (const alpha of [0, 1, -0.5]) for (const n of [7, 8, 9]) for (const k of [0, 5, KC + 1]) check(5, n, k, false, false, alpha, beta);
  });

  it("equals the definition where rows and columns fill several blocks", () => {
    check(119, 9, 3, false, false, 1, 0);
    check(121, 1025, 2, true, false, 1, 0);
    check(241, 1024, 1, false, true, 1, 1);
  });

  it("does not read C when beta is 0", () => {
    using _scope = linalg.scope();
    const c = linalg.matrix(5, 9, new Array(45).fill(Number.NaN));
    gemm(linalg.matrix(5, 3), linalg.matrix(3, 9), c);
    expect([...c.data]).toEqual(new Array(45).fill(0));
  });

  it("lets NaN and Infinity through", () => {
    using _scope = linalg.scope();
    const c = linalg.matrix(1, 2);
    gemm(linalg.matrix(1, 2, [0, 1]), linalg.matrix(2, 2, [Infinity, 1, 1, Infinity]), c);
    expect([...c.data]).toEqual([Number.NaN, Infinity]);
  });

  // Rows that are half zeros or more go through the sparse loops, unless dense rows below them tip the balance.
  it.each([32, 33, 64, 71])("gives the same bits whether zeros are left out or not, %d columns", (n) => {
    using _scope = linalg.scope();
    const [m, k] = [9, 2 * KC - 40];
    const a = randomRows(m, k, 4).map((row) => row.map((value) => (Math.abs(value) < 0.7 ? 0 : value)));
    const b = randomRows(k, n, 5);
    for (const transposeA of [false, true]) {
      const product = (rows: number[][]): number[][] => {
        const c = toMatrix(linalg, randomRows(rows.length, n, 6), n);
        const matrixA = transposeA ? toMatrix(linalg, reference.transpose(rows, k), rows.length) : toMatrix(linalg, rows, k);
        gemm(matrixA, toMatrix(linalg, b, n), c, { transposeA, alpha: -0.5, beta: 1 });
        return toRows(c);
      };
      const sparse = product(a);
      const dense = product([...a, ...randomRows(20, k, 7)]);
      expect(sparse).toEqual(dense.slice(0, m));
      expect(relativeError(sparse, reference.gemm(a, b, randomRows(m, n, 6), -0.5, 1))).toBeLessThan(TOLERANCE);
    }
  });

  it("does not leave a zero out where B is not finite", () => {
    using _scope = linalg.scope();
    const b = linalg.matrix(64, 32, new Array(64 * 32).fill(1));
    b.data[5 * 32] = Infinity;
    const c = linalg.matrix(32, 32);
    gemm(linalg.matrix(32, 64), b, c);
    expect([...c.data.subarray(0, 2)]).toEqual([Number.NaN, 0]);
  });

  it("keeps a NaN of a sparse A", () => {
    using _scope = linalg.scope();
    const a = linalg.matrix(32, 64);
    a.data[3] = Number.NaN;
    const c = linalg.matrix(32, 32);
    gemm(a, linalg.matrix(64, 32), c);
    expect([...c.data.subarray(31, 33)]).toEqual([Number.NaN, 0]);
  });

  it("writes nothing beside C", () => {
    using _scope = linalg.scope();
    for (const [m, n, k] of [
      [1, 1, 4],
      [3, 9, 4],
      [5, 7, 4],
      [33, 35, 64],
    ]) {
      const before = linalg.matrix(1, 16, new Array(16).fill(7));
      const c = linalg.matrix(m, n);
      const after = linalg.matrix(1, 16, new Array(16).fill(7));
      const a = m > 32 ? linalg.matrix(m, k) : toMatrix(linalg, randomRows(m, k, 1), k);
      gemm(a, toMatrix(linalg, randomRows(k, n, 2), n), c);
      expect([...before.data, ...after.data]).toEqual(new Array(32).fill(7));
    }
  });

  it("says what does not fit", () => {
    using _scope = linalg.scope();
    const a = linalg.matrix(32, 784);
    expect(() => gemm(a, linalg.matrix(128, 10), linalg.matrix(32, 10))).toThrow(
      "gemm: A is 32 × 784 but B is 128 × 10; the columns of A must equal the rows of B",
    );
    expect(() => gemm(a, linalg.matrix(784, 10), linalg.matrix(10, 32))).toThrow(
      "gemm: C is 10 × 32 but A·B is 32 × 10; give C that shape",
    );
    expect(() => gemm(a, a, a, { transposeB: true })).toThrow(RangeError);
  });

  it("refuses operands of two memories", async () => {
    const other = await createLinalg({ threads: 1 });
    expect(() => gemm(linalg.matrix(1, 1), linalg.matrix(1, 1), other.matrix(1, 1))).toThrow("gemm: C lives in another memory than A");
  });
});
