// The kernels as the rest of the package calls them: plain functions of numbers that become calls. Whoever calls has
// checked shapes and bounds. Operands say which memory a thread touches, as assembly/team/perform.ts divides it.
import { type Call, cellAt, divided, type Operand, type Operation, whole } from "./program/Call.ts";
import { gemmCall, type Product } from "./gemmCall.ts";
import { type ImageKernels, makeImageKernels } from "./imageKernels.ts";
import type { Pointer } from "./wasm.ts";

/** An exp or a log is the work of so many additions. */
const TRANSCENDENTAL = 8;

/** The kernels; every argument list is described beside the kernel in assembly/. */
export interface Kernels extends ImageKernels {
  axpy(count: number, alpha: Pointer, x: Pointer, y: Pointer): void;
  scal(count: number, alpha: number, x: Pointer): void;
  exp(count: number, x: Pointer, y: Pointer): void;
  log(count: number, x: Pointer, y: Pointer): void;
  tanh(count: number, x: Pointer, y: Pointer): void;
  relu(count: number, x: Pointer, y: Pointer): void;
  normalQuantile(count: number, u: Pointer, y: Pointer): void;
  tanhGradient(count: number, y: Pointer, dy: Pointer, dx: Pointer): void;
  reluGradient(count: number, y: Pointer, dy: Pointer, dx: Pointer): void;
  leakyRelu(count: number, slope: number, x: Pointer, y: Pointer): void;
  leakyReluGradient(count: number, slope: number, y: Pointer, dy: Pointer, dx: Pointer): void;
  sigmoid(count: number, x: Pointer, y: Pointer): void;
  sigmoidGradient(count: number, y: Pointer, dy: Pointer, dx: Pointer): void;
  gelu(count: number, x: Pointer, y: Pointer): void;
  geluGradient(count: number, x: Pointer, dy: Pointer, dx: Pointer): void;
  sgd: Update;
  rmsProp: Update;
  adam: Update;
  blockNorms(count: number, x: Pointer, norms: Pointer): void;
  clipScale(count: number, norms: Pointer, limit: number, scale: Pointer): void;
  addRow(rows: number, columns: number, row: Pointer, y: Pointer): void;
  softmax(rows: number, columns: number, x: Pointer, y: Pointer): void;
  argmax(rows: number, columns: number, x: Pointer, indices: Pointer): void;
  gatherRows(count: number, columns: number, bound: number, x: Pointer, order: Pointer, y: Pointer): void;
  softmaxCrossEntropy(rows: number, columns: number, logits: Pointer, targets: Pointer, gradient: Pointer, losses: Pointer): void;
  meanSquaredError(rows: number, columns: number, predicted: Pointer, targets: Pointer, gradient: Pointer, losses: Pointer): void;
  weightedCrossEntropy: WeightedLoss;
  binaryCrossEntropy: ParametricLoss;
  meanAbsoluteError(rows: number, columns: number, predicted: Pointer, targets: Pointer, gradient: Pointer, losses: Pointer): void;
  huber: ParametricLoss;
  addSquares(count: number, columns: number, x: Pointer, y: Pointer, sum: Pointer): void;
  countSides(count: number, columns: number, logits: Pointer, targets: Pointer, sum: Pointer, classes: number): void;
  sumRows(rows: number, columns: number, x: Pointer, row: Pointer): void;
  gemm(product: Product): void;
  takeIndices(count: number, order: Pointer, length: number, position: Pointer, rows: Pointer): void;
  addSum(count: number, x: Pointer, sum: Pointer): void;
  countEqual(count: number, x: Pointer, y: Pointer, sum: Pointer): void;
  advancePower(power: Pointer, factor: number): void;
  haltUnlessFinite(cell: Pointer): void;
}

/** One pass over `count` parameters; the matrices are the gradient, which is read, and what the step changes. */
type Update = (count: number, cells: readonly Pointer[], numbers: readonly number[], matrices: readonly Pointer[]) => void;

/** A loss with one number of its own. */
type ParametricLoss = (
  rows: number,
  columns: number,
  output: Pointer,
  targets: Pointer,
  gradient: Pointer,
  losses: Pointer,
  parameter: number,
) => void;

/** The same with a weight for each class; 0 for none. */
type WeightedLoss = (...args: [...Parameters<ParametricLoss>, weights: Pointer]) => void;

/** How the module divides work: see assembly/team/part.ts. */
export type Division = Readonly<Record<"LINE" | "MR" | "COLUMNS_EACH" | "NORM_BLOCK" | "SUM_ROWS_EACH" | "DRAWS_EACH", number>>;

/** The kernels as calls that `perform` does, or records. */
export function makeKernels(division: Division, perform: (call: Call) => void): Kernels {
  const { LINE, NORM_BLOCK } = division;
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
    (
      rows: number,
      columns: number,
      output: Pointer,
      targets: Pointer,
      gradient: Pointer,
      losses: Pointer,
      ...[parameter, weights = 0]: [parameter?: number, weights?: Pointer]
    ): void =>
      perform({
        operation,
        args: [rows, columns, output, targets, gradient, losses, ...(parameter === undefined ? [] : [parameter, weights])],
        work: rows * columns * TRANSCENDENTAL,
        reads: [
          byRows(output, rows, columns),
          byRows(targets, rows, targetColumns(columns)),
          ...(weights === 0 ? [] : [whole(weights, columns)]),
        ],
        writes: [byRows(gradient, rows, columns), byRows(losses, rows, 1)],
      });
  // Cells that are read, then numbers, then matrices, of which the first is read and the others are changed.
  const update =
    (operation: Operation, weight: number): Update =>
    (count, cells, numbers, matrices) => {
      // 0 stands for a matrix or a cell that is not there.
      const [gradient, ...state] = matrices.filter((pointer) => pointer !== 0).map((pointer) => divided(pointer, count, 1, LINE));
      perform({
        operation,
        args: [count, ...cells, ...numbers, ...matrices],
        work: count * weight,
        reads: [...cells.filter((pointer) => pointer !== 0).map(cellAt), gradient, ...state],
        writes: state,
      });
    };
  const sloped =
    (operation: Operation) =>
    (count: number, slope: number, ...pointers: Pointer[]): void => {
      const operands = pointers.map((pointer) => divided(pointer, count, 1, LINE));
      const args = [count, slope, ...pointers];
      perform({ operation, args, work: count, reads: operands.slice(0, -1), writes: operands.slice(-1) });
    };
  return {
    ...makeImageKernels(division, perform),
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
    leakyRelu: sloped("LEAKY_RELU"),
    leakyReluGradient: sloped("LEAKY_RELU_GRADIENT"),
    sigmoid: elements("SIGMOID", 1, TRANSCENDENTAL),
    sigmoidGradient: elements("SIGMOID_GRADIENT", 2),
    gelu: elements("GELU", 1, TRANSCENDENTAL),
    geluGradient: elements("GELU_GRADIENT", 2, TRANSCENDENTAL),
    sgd: update("SGD", 2),
    rmsProp: update("RMS_PROP", 4),
    adam: update("ADAM", 4),
    blockNorms(count, x, norms) {
      const blocks = Math.ceil(count / NORM_BLOCK);
      perform({
        operation: "BLOCK_NORMS",
        args: [blocks, count, x, norms],
        work: count,
        reads: [whole(x, count)],
        writes: [byRows(norms, blocks, 1)],
      });
    },
    clipScale: (count, norms, limit, scale) => alone("CLIP_SCALE", [count, norms, limit, scale], [whole(norms, count)], [cellAt(scale)]),
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
    weightedCrossEntropy: loss("WEIGHTED_CROSS_ENTROPY", () => 1),
    binaryCrossEntropy: loss("BINARY_CROSS_ENTROPY", (columns) => columns),
    meanAbsoluteError: loss("MEAN_ABSOLUTE_ERROR", (columns) => columns),
    huber: loss("HUBER", (columns) => columns),
    addSquares: (count, columns, x, y, sum) =>
      alone("ADD_SQUARES", [count, columns, x, y, sum], [whole(x, count), whole(y, count), cellAt(sum)], [cellAt(sum)]),
    countSides: (count, columns, logits, targets, sum, classes) =>
      alone(
        "COUNT_SIDES",
        [count, columns, logits, targets, sum, classes],
        [whole(logits, count), whole(targets, count), cellAt(sum)],
        [cellAt(sum)],
      ),
    sumRows(rows, columns, x, row) {
      perform({
        operation: "SUM_ROWS",
        args: [rows, columns, x, row],
        work: rows * columns,
        reads: [whole(x, rows * columns)],
        writes: [divided(row, columns, 1, LINE)],
      });
    },
    gemm: (product) => perform(gemmCall(product, division)),
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
    haltUnlessFinite: (cell) => alone("HALT_UNLESS_FINITE", [0, cell], [cellAt(cell)], []),
    advancePower: (power, factor) => alone("ADVANCE_POWER", [0, power, factor], [cellAt(power)], [cellAt(power)]),
  };
}
