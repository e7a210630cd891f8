// The exports of the compiled module, as assembly/index.ts names them.

/** An address in linalg's memory, in bytes. */
export type Pointer = number;

type Number32 = WebAssembly.Global<"i32">;

/** What the module gives besides the operations' numbers. */
export interface ModuleExports extends WebAssembly.Exports {
  readonly heapBase: Number32;
  /** Where the job stands that is handed out. */
  readonly JOB: Number32;
  readonly JOB_BYTES: Number32;
  /** Offsets in a job. */
  readonly OPERATION: Number32;
  readonly SHARED: Number32;
  readonly BARRIER: Number32;
  readonly EPILOGUE: Number32;
  readonly ARGUMENTS: Number32;
  readonly workspaceBytes: Number32;
  /** The most threads of a team. */
  readonly MOST_THREADS: Number32;
  /** Elements that are handed out together, and rows of a dense product. */
  readonly LINE: Number32;
  readonly MR: Number32;
  /** See assembly/team/part.ts and assembly/sparse/prepare.ts. */
  readonly COLUMNS_EACH: Number32;
  /** Elements of a block of assembly/optimizers/norms.ts. */
  readonly NORM_BLOCK: Number32;
  readonly FEWEST_COLUMNS: Number32;
  /** See assembly/normalization/batchNorm.ts and assembly/nonlinear/dropout.ts. */
  readonly SUM_ROWS_EACH: Number32;
  readonly DRAWS_EACH: Number32;
  useWorkspace(base: Pointer): void;
  allowSleep(allowed: number): void;
  assemble(threads: number, wide: number, crowded: number): void;
  help(thread: number): void;
  fall(thread: number): void;
  fork(maySleep: number, patience: number): number;
  performAlone(): void;
  dismiss(): void;
  takeFault(): number;
  takeHalt(): number;
  countNonzeros(count: number, x: Pointer): number;
  compressedBytes(rows: number, columns: number, nonzeros: number): number;
  buildCompressed(rows: number, columns: number, x: Pointer, target: Pointer): void;
  buildTransposed(rows: number, columns: number, compressed: Pointer, target: Pointer): void;
}
