// Blocks of larger matrices: gemm takes them where they are, with the bits that copies of them give, and writes nothing beside
// C's. Teams are started from dist/.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type * as source from "../src/index.ts";
import type { Linalg, Matrix } from "../src/index.ts";
import { KC } from "./depthBlock.ts";
import { filled, firstDifference } from "./programs/replayed.ts";

// Threads of a team wait for one another, long where the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const built = (await import(new URL("../dist/index.js", import.meta.url).href)) as typeof source;
const { addRow, createLinalg, gemm, LinalgError, relu, softmax, sumRows } = built;

let linalgs: Linalg[];
beforeAll(async () => {
  linalgs = await Promise.all([{ threads: 1 }, { threads: 3 }, { threads: 2, wide: true }].map((options) => createLinalg(options)));
});
afterAll(() => Promise.all(linalgs.map((linalg) => linalg.close())));

/** The numbers of a block, row by row. */
function numbersOf(block: Matrix): number[] {
  return Array.from({ length: block.rows }, (_, row) => [...block.block(row, 0, 1, block.columns).data]).flat();
}

/** A block within a matrix that is wider by `margin` on each side; `zeros` of its numbers are 0. */
function within(linalg: Linalg, [rows, columns]: readonly [number, number], seed: number, margin: number, zeros = 0) {
  const around = filled(linalg, rows + 2 * margin, columns + 2 * margin, seed);
  around.data.forEach((value, index) => (around.data[index] = Math.abs(value) < zeros ? 0 : value));
  return { around, block: around.block(margin, margin, rows, columns) };
}

describe("gemm of blocks", () => {
  // Nothing, one element, tiles and their edges, thin products, several blocks of rows, columns and depth, and sparse ones.
  it.each([
    [0, 5, 3],
    [4, 0, 3],
    [5, 7, 0],
    [1, 1, 1],
    [7, 9, 5],
    [33, 16, 50],
    [10, 12, KC + 10],
    [140, 35, KC + 1],
    [9, 1050, 20],
    [7, 100, 33],
    [64, 64, 64],
  ])("%d × %d over %d", (m, n, k) => {
    for (const linalg of linalgs) {
      for (const zeros of [0, 0.7]) {
        for (const [transposeA, transposeB] of [
          [false, false],
          [true, false],
          [false, true],
          [true, true],
        ]) {
          using _scope = linalg.scope();
          const options = { transposeA, transposeB, alpha: -0.5, beta: 0.25 };
          const a = within(linalg, transposeA ? [k, m] : [m, k], 1, 3, zeros);
          const b = within(linalg, transposeB ? [n, k] : [k, n], 2, 1);
          const c = within(linalg, [m, n], 3, 2);
          const copy = ({ block }: { readonly block: Matrix }): Matrix => linalg.matrix(block.rows, block.columns, numbersOf(block));
          const expected = copy(c);
          gemm(copy(a), copy(b), expected, options);
          // What should be around C then: what was there, with the product within.
          const around = linalg.matrix(c.around.rows, c.around.columns, c.around.data);
          for (let row = 0; row < m; row += 1) {
            around.data.set(expected.data.subarray(row * n, (row + 1) * n), (row + 2) * around.columns + 2);
          }
          gemm(a.block, b.block, c.block, options);
          expect(firstDifference(c.around.data, around.data)).toBe(-1);
        }
      }
    }
  });

  it("side by side in one matrix", () => {
    for (const linalg of linalgs) {
      using _scope = linalg.scope();
      const [x, w] = [filled(linalg, 50, 30, 1), filled(linalg, 30, 80, 2)];
      const [whole, parts] = [linalg.matrix(50, 80), linalg.matrix(50, 80)];
      gemm(x, w, whole);
      for (const [first, width] of [
        [0, 33],
        [33, 7],
        [40, 40],
      ]) {
        gemm(x, w.block(0, first, 30, width), parts.block(0, first, 50, width));
      }
      expect(firstDifference(parts.data, whole.data)).toBe(-1);
    }
  });

  it("of a constant, which is taken as it stands", () => {
    for (const linalg of linalgs) {
      using _scope = linalg.scope();
      const values = filled(linalg, 60, 80, 1).data.map((value) => (Math.abs(value) < 0.8 ? 0 : value));
      const [constant, plain] = [linalg.constant(60, 80, values), linalg.matrix(60, 80, values)];
      const w = filled(linalg, 40, 50, 2);
      for (const [row, column] of [
        [0, 0],
        [20, 0],
        [7, 33],
      ]) {
        const [found, expected] = [linalg.matrix(40, 50), linalg.matrix(40, 50)];
        gemm(constant.block(row, column, 40, 40), w, found);
        gemm(linalg.matrix(40, 40, numbersOf(plain.block(row, column, 40, 40))), w, expected);
        expect(firstDifference(found.data, expected.data)).toBe(-1);
        gemm(constant.firstRows(40), filled(linalg, 80, 50, 3), found);
        gemm(plain.firstRows(40), filled(linalg, 80, 50, 3), expected);
        expect(firstDifference(found.data, expected.data)).toBe(-1);
      }
    }
  });
});

describe("a block", () => {
  let linalg: Linalg;
  let matrix: Matrix;
  beforeAll(() => {
    [linalg] = linalgs;
    matrix = linalg.matrix(3, 4, [11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34]);
  });

  it("is the same memory, also of another block", () => {
    const block = matrix.block(1, 1, 2, 3);
    expect([block.rows, block.columns, block.stride, block.contiguous]).toEqual([2, 3, 4, false]);
    expect(numbersOf(block)).toEqual([22, 23, 24, 32, 33, 34]);
    expect(numbersOf(block.block(1, 1, 1, 2))).toEqual([33, 34]);
    expect(numbersOf(block.block(0, 2, 2, 1))).toEqual([24, 34]);
    expect(numbersOf(block.firstRows(1))).toEqual([22, 23, 24]);
  });

  it("whose rows lie together is as good as a matrix", () => {
    expect([...matrix.block(1, 0, 2, 4).data]).toEqual([21, 22, 23, 24, 31, 32, 33, 34]);
    expect([...matrix.block(2, 1, 1, 3).data]).toEqual([32, 33, 34]);
    expect(matrix.block(3, 4, 0, 0).data).toHaveLength(0);
    const copy = linalg.matrix(3, 4, matrix.data);
    relu(copy.block(1, 0, 2, 4), copy.block(1, 0, 2, 4));
    addRow(copy.block(0, 0, 1, 4), copy.block(1, 0, 2, 4));
    expect([...copy.data]).toEqual([11, 12, 13, 14, 32, 34, 36, 38, 42, 44, 46, 48]);
  });

  it("with gaps is refused by all but gemm, and has no data", () => {
    const block = matrix.block(0, 1, 2, 2);
    expect(() => relu(block, block)).toThrow("relu: x is a block of a wider matrix, and only gemm takes its rows where they are; copy it");
    expect(() => softmax(linalg.matrix(2, 2), block)).toThrow("softmax: y is a block of a wider matrix");
    expect(() => sumRows(block, linalg.matrix(1, 2))).toThrow(LinalgError);
    expect(() => block.data).toThrow("data: this block's rows are 4 elements apart; read the matrix it is part of");
  });

  it.each([
    [0, 0, 4, 1],
    [0, 0, 1, 5],
    [3, 0, 1, 1],
    [-1, 0, 1, 1],
    [0, -1, 1, 1],
    [0, 0, -1, 1],
    [0.5, 0, 1, 1],
    [0, 0, 1, Number.NaN],
    [0, 0, Infinity, 1],
  ])("from (%d, %d) on of %d × %d is refused", (row, column, rows, columns) => {
    expect(() => matrix.block(row, column, rows, columns)).toThrow(`from (${row}, ${column}) on is not within 3 × 4`);
  });

  it("of C that shares memory with A or B is refused", () => {
    const square = linalg.matrix(8, 8);
    const factor = linalg.matrix(4, 4);
    expect(() => gemm(square.block(0, 0, 4, 4), factor, square.block(3, 3, 4, 4))).toThrow("gemm: C shares memory with A");
    expect(() => gemm(factor, square.block(0, 0, 4, 4), square.block(2, 0, 4, 4))).toThrow("gemm: C shares memory with B");
    gemm(square.block(0, 0, 4, 4), factor, square.block(4, 0, 4, 4));
  });
});
