// The exports of the compiled module, as assembly/index.ts names them. Addresses and counts are whole numbers;
// whoever calls has checked shapes and bounds.

/** An address in linalg's memory, in bytes. */
export type Pointer = number;

/** The compiled kernels; every argument list is described beside the kernel in assembly/. */
export interface Kernels {
  readonly heapBase: WebAssembly.Global<"i32">;
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
