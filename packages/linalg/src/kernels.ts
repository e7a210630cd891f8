// The kernels as the rest of the package calls them: plain functions of numbers that become calls. Whoever calls has
// checked shapes and bounds. Operands say which memory a thread touches, as assembly/team/perform.ts divides it.
import { type Call, cellAt, divided, type Operand, type Operation, whole } from "./program/Call.ts";
import type { Pointer } from "./wasm.ts";

/** Elements are handed out by cache lines. */
const LINE = 16;
/** Rows that a dense product hands out together: MR. */
const MR = 4;
/** An exp or a log is the work of so many additions. */
const TRANSCENDENTAL = 8;

/** A product C = α·op(A)·op(B) + β·C as numbers; strides are in elements. */
export interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly alpha: number;
  readonly beta: number;
  readonly a: { readonly pointer: Pointer; readonly row: number; readonly column: number };
  readonly b: { readonly pointer: Pointer; readonly row: number; readonly column: number };
  readonly c: { readonly pointer: Pointer; readonly row: number };
  /** How op(A) is read where it is mostly zeros: `rows` are compressed rows, or 0 to find out in `scratch`. */
  readonly sparse?: SparseOperand | undefined;
}

/** See assembly/level3/product.ts. */
export interface SparseOperand {
  readonly rows: Pointer;
  /** Row numbers, or 0. */
  readonly order: Pointer;
  readonly gatheredColumns: boolean;
  readonly scratch: { readonly pointer: Pointer; readonly bytes: number };
  /** Bytes of it for each thread. */
  readonly scratchStep: number;
}

/** The kernels; every argument list is described beside the kernel in assembly/. */
export interface Kernels {
  axpy(count: number, alpha: Pointer, x: Pointer, y: Pointer): void;
  scal(count: number, alpha: number, x: Pointer): void;
  exp(count: number, x: Pointer, y: Pointer): void;
  log(count: number, x: Pointer, y: Pointer): void;
  tanh(count: number, x: Pointer, y: Pointer): void;
  relu(count: number, x: Pointer, y: Pointer): void;
  normalQuantile(count: number, u: Pointer, y: Pointer): void;
  tanhGradient(count: number, y: Pointer, dy: Pointer, dx: Pointer): void;
  reluGradient(count: number, y: Pointer, dy: Pointer, dx: Pointer): void;
  adam(count: number, cells: readonly [Pointer, Pointer, Pointer], numbers: readonly number[], matrices: readonly Pointer[]): void;
  addRow(rows: number, columns: number, row: Pointer, y: Pointer): void;
  softmax(rows: number, columns: number, x: Pointer, y: Pointer): void;
  argmax(rows: number, columns: number, x: Pointer, indices: Pointer): void;
  gatherRows(count: number, columns: number, bound: number, x: Pointer, order: Pointer, y: Pointer): void;
  softmaxCrossEntropy(rows: number, columns: number, logits: Pointer, targets: Pointer, gradient: Pointer, losses: Pointer): void;
  meanSquaredError(rows: number, columns: number, predicted: Pointer, targets: Pointer, gradient: Pointer, losses: Pointer): void;
  sumRows(rows: number, columns: number, x: Pointer, row: Pointer): void;
  gemm(product: Product): void;
  takeIndices(count: number, order: Pointer, length: number, position: Pointer, rows: Pointer): void;
  addSum(count: number, x: Pointer, sum: Pointer): void;
  countEqual(count: number, x: Pointer, y: Pointer, sum: Pointer): void;
  advancePower(power: Pointer, factor: number): void;
}

/** The kernels as calls that `perform` does, or records. */
export function makeKernels(perform: (call: Call) => void): Kernels {
  const elements = (operation: Operation, reads: number, weight = 1) => {
    return (count: number, ...pointers: Pointer[]): void => {
      const operands = pointers.map((pointer) => divided(pointer, count, 1, LINE));
      perform({
        operation,
        args: [count, ...pointers],
        work: count * weight,
        reads: operands.slice(0, reads),
        writes: operands.slice(reads),
      });
    };
  };
  const byRows = (start: Pointer, rows: number, width: number): Operand => divided(start, rows, width, 1);
  const alone = (operation: Operation, args: readonly number[], reads: readonly Operand[], writes: readonly Operand[]): void =>
    perform({ operation, args, work: 0, reads, writes });
  const loss =
    (operation: Operation, targetColumns: (columns: number) => number) =>
    (rows: number, columns: number, output: Pointer, targets: Pointer, gradient: Pointer, losses: Pointer): void =>
      perform({
        operation,
        args: [rows, columns, output, targets, gradient, losses],
        work: rows * columns * TRANSCENDENTAL,
        reads: [byRows(output, rows, columns), byRows(targets, rows, targetColumns(columns))],
        writes: [byRows(gradient, rows, columns), byRows(losses, rows, 1)],
      });
  return {
    exp: elements("EXP", 1, TRANSCENDENTAL),
    log: elements("LOG", 1, TRANSCENDENTAL),
    tanh: elements("TANH", 1, TRANSCENDENTAL),
    relu: elements("RELU", 1),
    normalQuantile: elements("NORMAL_QUANTILE", 1, TRANSCENDENTAL),
    tanhGradient: elements("TANH_GRADIENT", 2),
    reluGradient: elements("RELU_GRADIENT", 2),
    axpy(count, alpha, x, y) {
      const [from, to] = [divided(x, count, 1, LINE), divided(y, count, 1, LINE)];
      perform({ operation: "AXPY", args: [count, alpha, x, y], work: count, reads: [cellAt(alpha), from, to], writes: [to] });
    },
    scal(count, alpha, x) {
      const operand = divided(x, count, 1, LINE);
      perform({ operation: "SCAL", args: [count, alpha, x], work: count, reads: [operand], writes: [operand] });
    },
    adam(count, cells, numbers, matrices) {
      const [gradient, ...state] = matrices.map((pointer) => divided(pointer, count, 1, LINE));
      perform({
        operation: "ADAM",
        args: [count, ...cells, ...numbers, ...matrices],
        work: count * 4,
        reads: [...cells.map(cellAt), gradient, ...state],
        writes: state,
      });
    },
    addRow(rows, columns, row, y) {
      const operand = byRows(y, rows, columns);
      perform({
        operation: "ADD_ROW",
        args: [rows, columns, row, y],
        work: rows * columns,
        reads: [whole(row, columns), operand],
        writes: [operand],
      });
    },
    softmax(rows, columns, x, y) {
      perform({
        operation: "SOFTMAX",
        args: [rows, columns, x, y],
        work: rows * columns * TRANSCENDENTAL,
        reads: [byRows(x, rows, columns)],
        writes: [byRows(y, rows, columns)],
      });
    },
    argmax(rows, columns, x, indices) {
      perform({
        operation: "ARGMAX",
        args: [rows, columns, x, indices],
        work: rows * columns,
        reads: [byRows(x, rows, columns)],
        writes: [byRows(indices, rows, 1)],
      });
    },
    gatherRows(count, columns, bound, x, order, y) {
      perform({
        operation: "GATHER_ROWS",
        args: [count, columns, bound, x, order, y],
        work: count * columns,
        reads: [whole(x, bound * columns), byRows(order, count, 1)],
        writes: [byRows(y, count, columns)],
      });
    },
    softmaxCrossEntropy: loss("SOFTMAX_CROSS_ENTROPY", () => 1),
    meanSquaredError: loss("MEAN_SQUARED_ERROR", (columns) => columns),
    sumRows(rows, columns, x, row) {
      perform({
        operation: "SUM_ROWS",
        args: [rows, columns, x, row],
        work: rows * columns,
        reads: [whole(x, rows * columns)],
        writes: [divided(row, columns, 1, LINE)],
      });
    },
    gemm: (product) => perform(gemmCall(product)),
    takeIndices(count, order, length, position, rows) {
      alone(
        "TAKE_INDICES",
        [count, order, length, position, rows],
        [whole(order, length), cellAt(position)],
        [cellAt(position), whole(rows, count)],
      );
    },
    addSum: (count, x, sum) => alone("ADD_SUM", [count, x, sum], [whole(x, count), cellAt(sum)], [cellAt(sum)]),
    countEqual: (count, x, y, sum) =>
      alone("COUNT_EQUAL", [count, x, y, sum], [whole(x, count), whole(y, count), cellAt(sum)], [cellAt(sum)]),
    advancePower: (power, factor) => alone("ADVANCE_POWER", [0, power, factor], [cellAt(power)], [cellAt(power)]),
  };
}

// A product that is surely dense and has few columns is divided by rows, as assembly/level3/gemm.ts does it.
function gemmCall({ m, n, k, alpha, beta, a, b, c, sparse }: Product): Call {
  const extent = (pointer: Pointer, rows: number, row: number, columns: number, column: number): Operand =>
    whole(pointer, rows === 0 || columns === 0 ? 0 : (rows - 1) * row + (columns - 1) * column + 1);
  const byRows = sparse === undefined && n < 32 && c.row === n;
  const result = byRows ? divided(c.pointer, m, n, MR) : extent(c.pointer, m, c.row, n, 1);
  const scratch =
    sparse && sparse.scratch.bytes > 0 ? [{ start: sparse.scratch.pointer, end: sparse.scratch.pointer + sparse.scratch.bytes }] : [];
  const isCompressed = sparse !== undefined && sparse.rows !== 0;
  const left = byRows && a.column === 1 && a.row === k ? divided(a.pointer, m, k, MR) : extent(a.pointer, m, a.row, k, a.column);
  const order = sparse && sparse.order !== 0 ? [whole(sparse.order, sparse.gatheredColumns ? k : m)] : [];
  return {
    operation: "GEMM",
    args: [
      m,
      n,
      k,
      alpha,
      a.pointer,
      a.row,
      a.column,
      b.pointer,
      b.row,
      b.column,
      beta,
      c.pointer,
      c.row,
      sparse?.rows ?? 0,
      sparse?.order ?? 0,
      Number(sparse?.gatheredColumns ?? false),
      sparse?.scratch.pointer ?? 0,
      sparse?.scratchStep ?? 0,
    ],
    work: m * n * Math.max(k, 1),
    reads: [...(isCompressed ? order : [left]), extent(b.pointer, k, b.row, n, b.column), ...(beta === 0 ? [] : [result]), ...scratch],
    writes: [result, ...scratch],
  };
}
