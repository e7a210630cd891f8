// The exports of the compiled module, as assembly/index.ts names them.

/** An address in linalg's memory, in bytes. */
export type Pointer = number;

/** What the module gives besides the operations' numbers. */
export interface ModuleExports extends WebAssembly.Exports {
  readonly heapBase: WebAssembly.Global<"i32">;
  /** Where a job's arguments are written, f64 each. */
  readonly ARGUMENTS: WebAssembly.Global<"i32">;
  readonly workspaceBytes: WebAssembly.Global<"i32">;
  useWorkspace(base: Pointer): void;
  assemble(threads: number): void;
  help(thread: number): void;
  fall(thread: number): void;
  fork(operation: number, maySleep: number, patience: number): number;
  perform(operation: number, thread: number, threads: number): void;
  dismiss(): void;
  isSparse(m: number, n: number, k: number, a: Pointer, b: Pointer): number;
  countEqual(count: number, x: Pointer, y: Pointer, sum: Pointer): void;
  softmaxCrossEntropy(rows: number, columns: number, logits: Pointer, targets: Pointer, gradient: Pointer, lossSum: Pointer): void;
  meanSquaredError(rows: number, columns: number, predicted: Pointer, targets: Pointer, gradient: Pointer, lossSum: Pointer): void;
  advancePower(power: Pointer, factor: number): void;
}
