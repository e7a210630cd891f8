// The kernels as the rest of the package calls them: plain functions of numbers. Whoever calls has checked shapes and
// bounds. Those that a team of threads divides go through it; the others are the module's exports as they are.
import type { Operation, Team } from "./Team.ts";
import type { ModuleExports, Pointer } from "./wasm.ts";

/** The kernels; every argument list is described beside the kernel in assembly/. */
export interface Kernels {
  axpy(count: number, alpha: Pointer, x: Pointer, y: Pointer): void;
  scal(count: number, alpha: number, x: Pointer): void;
  gatherRows(count: number, columns: number, x: Pointer, order: Pointer, y: Pointer): void;
  addRow(rows: number, columns: number, row: Pointer, y: Pointer): void;
  sumRows(rows: number, columns: number, x: Pointer, row: Pointer): void;
  gemm(
    m: number,
    n: number,
    k: number,
    alpha: number,
    a: Pointer,
    aRow: number,
    aColumn: number,
    b: Pointer,
    bRow: number,
    bColumn: number,
    beta: number,
    c: Pointer,
  ): void;
  exp(count: number, x: Pointer, y: Pointer): void;
  log(count: number, x: Pointer, y: Pointer): void;
  tanh(count: number, x: Pointer, y: Pointer): void;
  tanhGradient(count: number, y: Pointer, dy: Pointer, dx: Pointer): void;
  relu(count: number, x: Pointer, y: Pointer): void;
  reluGradient(count: number, y: Pointer, dy: Pointer, dx: Pointer): void;
  normalQuantile(count: number, u: Pointer, y: Pointer): void;
  softmax(rows: number, columns: number, x: Pointer, y: Pointer): void;
  argmax(rows: number, columns: number, x: Pointer, indices: Pointer): void;
  countEqual(count: number, x: Pointer, y: Pointer, sum: Pointer): void;
  softmaxCrossEntropy(rows: number, columns: number, logits: Pointer, targets: Pointer, gradient: Pointer, lossSum: Pointer): void;
  meanSquaredError(rows: number, columns: number, predicted: Pointer, targets: Pointer, gradient: Pointer, lossSum: Pointer): void;
  advancePower(power: Pointer, factor: number): void;
  adam(
    count: number,
    learningRate: Pointer,
    power1: Pointer,
    power2: Pointer,
    beta1: number,
    beta2: number,
    epsilon: number,
    gradient: Pointer,
    m: Pointer,
    v: Pointer,
    value: Pointer,
  ): void;
}

/** The kernels of `module`, the divisible ones done by `team`. */
export function makeKernels(module: ModuleExports, team: Team): Kernels {
  const elements =
    (operation: Operation) =>
    (count: number, ...rest: number[]): void =>
      team.run(operation, count, [count, ...rest]);
  const rows =
    (operation: Operation) =>
    (count: number, columns: number, ...rest: number[]): void =>
      team.run(operation, count * columns, [count, columns, ...rest]);
  return {
    axpy: elements("AXPY"),
    scal: elements("SCAL"),
    exp: elements("EXP"),
    log: elements("LOG"),
    tanh: elements("TANH"),
    tanhGradient: elements("TANH_GRADIENT"),
    relu: elements("RELU"),
    reluGradient: elements("RELU_GRADIENT"),
    normalQuantile: elements("NORMAL_QUANTILE"),
    adam: elements("ADAM"),
    addRow: rows("ADD_ROW"),
    softmax: rows("SOFTMAX"),
    argmax: rows("ARGMAX"),
    gatherRows: rows("GATHER_ROWS"),
    sumRows: (count, columns, x, row) => team.run("SUM_ROWS", count * columns, [count, columns, columns, x, row]),
    gemm(m, n, k, alpha, a, aRow, aColumn, b, bRow, bColumn, beta, c) {
      const sparse = module.isSparse(m, n, k, a, b);
      team.run("GEMM", m * n * Math.max(k, 1), [m, n, k, alpha, a, aRow, aColumn, b, bRow, bColumn, beta, c, sparse]);
    },
    countEqual: module.countEqual,
    softmaxCrossEntropy: module.softmaxCrossEntropy,
    meanSquaredError: module.meanSquaredError,
    advancePower: module.advancePower,
  };
}
