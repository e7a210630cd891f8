// Random calls of the kernels of levels 1 to 3, with what each should give.
import type { Matrix } from "../../src/index.ts";
import * as referenceGemm from "../../src/reference/gemm.ts";
import * as referenceRows from "../../src/reference/rows.ts";
import { toRows } from "../matrices.ts";
import { type Calls, DEPTHS, RARELY, SIZES } from "./Draw.ts";
import { rowsOf } from "./Guarded.ts";

const LARGE: readonly (readonly [m: number, n: number, k: number])[] = [
  [140, 90, 70],
  [130, 33, 260],
  [3, 1030, 9],
  [520, 35, 5],
];

/** Columns for which the zeros of A are left out, and one less. */
const WIDE: readonly number[] = [31, 32, 33, 39, 40, 41, 49];

/** Vectors, rows and products. */
export const levels: Calls = {
  axpy(draw) {
    const x = draw.matrix(...draw.shape());
    const y = draw.matrix(x.rows, x.columns);
    const alpha = draw.guarded.cell(draw.value());
    const rowsX = toRows(x);
    const expected = toRows(y).map((row, i) => row.map((value, j) => value + alpha.value * rowsX[i][j]));
    return { run: () => draw.package.axpy(alpha, x, y), outputs: [{ to: y, expected }] };
  },
  scal(draw) {
    const x = draw.matrix(...draw.shape());
    const alpha = draw.value();
    const expected = toRows(x).map((row) => row.map((value) => alpha * value));
    return { run: () => draw.package.scal(alpha, x), outputs: [{ to: x, expected }] };
  },
  gatherRows(draw) {
    const [rows, columns] = draw.shape();
    const x = draw.matrix(rows, columns);
    const order = draw.indices(rows === 0 ? 0 : draw.one(SIZES), rows);
    const y = draw.filled(order.length, columns, () => Number.NaN);
    const rowsX = toRows(x);
    const expected = Array.from(order.data, (row) => rowsX[row]);
    return { run: () => draw.package.gatherRows(x, order, y), outputs: [{ to: y, expected }] };
  },
  gather(draw) {
    const x = draw.indices(1 + draw.integer(40), 1000);
    const order = draw.indices(draw.one(SIZES), x.length);
    const y = draw.indices(order.length, 1);
    const expected = [Array.from(order.data, (index) => x.data[index])];
    return { run: () => draw.package.gather(x, order, y), outputs: [{ to: y, expected }] };
  },
  addRow(draw) {
    const y = draw.matrix(...draw.shape());
    const row = draw.matrix(1, y.columns);
    const expected = referenceRows.addRow([...row.data], toRows(y));
    return { run: () => draw.package.addRow(row, y), outputs: [{ to: y, expected }] };
  },
  sumRows(draw) {
    const x = draw.matrix(...draw.shape());
    const row = draw.filled(1, x.columns, () => Number.NaN);
    const expected = [referenceRows.sumRows(toRows(x), x.columns)];
    return { run: () => draw.package.sumRows(x, row), outputs: [{ to: row, expected }] };
  },
  gemm(draw) {
    const large = draw.integer(RARELY) === 0;
    // Beyond the blocks of rows, columns and compressed rows; large enough for threads.
    const isConstant = draw.integer(4) === 0;
    const [m, n, k] = large ? draw.one(LARGE) : [draw.one(SIZES), draw.one(isConstant ? WIDE : SIZES), draw.one(DEPTHS)];
    const [transposeA, transposeB] = [draw.integer(2) === 1, draw.integer(2) === 1];
    const [alpha, beta] = [draw.one([1, 1, 0, -0.5]), draw.one([0, 0, 1, -0.5])];
    const zeros = draw.one([0, 0.3, 0.6, 0.9]);
    const [rows, columns] = transposeA ? [k, m] : [m, k];
    const a = isConstant ? draw.constant(rows, columns, Math.max(zeros, 0.6)) : draw.block(rows, columns, zeros);
    const b = transposeB ? draw.block(n, k) : draw.block(k, n);
    const c = draw.block(m, n);
    const before = valuesOf(c);
    // β = 0 does not read C, so a NaN there must not come out.
    if (beta === 0) for (const { data } of rowsOf(c)) data.fill(Number.NaN);
    const rowsA = transposeA ? referenceGemm.transpose(valuesOf(a), m) : valuesOf(a);
    const rowsB = transposeB ? referenceGemm.transpose(valuesOf(b), k) : valuesOf(b);
    const expected = referenceGemm.gemm(rowsA, rowsB, before, alpha, beta);
    return { run: () => draw.package.gemm(a, b, c, { transposeA, transposeB, alpha, beta }), outputs: [{ to: c, expected }] };
  },
  takeIndices(draw) {
    const rows = draw.indices(draw.one(SIZES), 1);
    const first = draw.integer(20);
    const order = draw.indices(first + rows.length + draw.integer(20), 1000);
    const position = draw.guarded.cell(first);
    const expected = [Array.from(order.data.subarray(first, first + rows.length))];
    return {
      run: () => draw.package.takeIndices(order, position, rows),
      outputs: [
        { to: rows, expected },
        { to: position, expected: [[first + rows.length]] },
      ],
    };
  },
  countEqual(draw) {
    const x = draw.indices(draw.one(SIZES), 3);
    const y = draw.indices(x.length, 3);
    const sum = draw.guarded.cell(7);
    const expected = [[7 + x.data.filter((value, index) => value === y.data[index]).length]];
    return { run: () => draw.package.countEqual(x, y, sum), outputs: [{ to: sum, expected }] };
  },
};

function valuesOf(matrix: Matrix): number[][] {
  return rowsOf(matrix).map(({ data }) => Array.from(data));
}
