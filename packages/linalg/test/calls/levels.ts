// Random calls of the kernels of levels 1 to 3, with what each should give.
import * as referenceGemm from "../../src/reference/gemm.ts";
import * as referenceRows from "../../src/reference/rows.ts";
import { toRows } from "../matrices.ts";
import { type Calls, DEPTHS, RARELY, SIZES } from "./Draw.ts";

const LARGE: readonly (readonly [m: number, n: number, k: number])[] = [
  [140, 90, 70],
  [130, 33, 260],
  [3, 1030, 9],
  [520, 35, 5],
];

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
    const [m, n, k] = large ? draw.one(LARGE) : [draw.one(SIZES), draw.one(SIZES), draw.one(DEPTHS)];
    const [transposeA, transposeB] = [draw.integer(2) === 1, draw.integer(2) === 1];
    const [alpha, beta] = [draw.one([1, 1, 0, -0.5]), draw.one([0, 0, 1, -0.5])];
    const zeros = draw.one([0, 0.3, 0.6, 0.9]);
    const a = transposeA ? draw.matrix(k, m, zeros) : draw.matrix(m, k, zeros);
    const b = transposeB ? draw.matrix(n, k) : draw.matrix(k, n);
    // β = 0 does not read C, so a NaN there must not come out.
    const c = beta === 0 ? draw.filled(m, n, () => Number.NaN) : draw.matrix(m, n);
    const rowsA = transposeA ? referenceGemm.transpose(toRows(a), m) : toRows(a);
    const rowsB = transposeB ? referenceGemm.transpose(toRows(b), k) : toRows(b);
    const expected = referenceGemm.gemm(rowsA, rowsB, toRows(c), alpha, beta);
    return { run: () => draw.package.gemm(a, b, c, { transposeA, transposeB, alpha, beta }), outputs: [{ to: c, expected }] };
  },
  countEqual(draw) {
    const x = draw.indices(draw.one(SIZES), 3);
    const y = draw.indices(x.length, 3);
    const sum = draw.guarded.cell(7);
    const expected = [[7 + x.data.filter((value, index) => value === y.data[index]).length]];
    return { run: () => draw.package.countEqual(x, y, sum), outputs: [{ to: sum, expected }] };
  },
};
