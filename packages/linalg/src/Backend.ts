// What is behind a Linalg: kernels that check nothing, the recorder of a captured step, and memory that calls share. For the
// package's own functions, which reach it by `backendOf`; it is not exported to users.
import type { Arena } from "./Arena.ts";
import { type Compressed, compress } from "./compressed.ts";
import { sumsBytes } from "./imageKernels.ts";
import { type Division, type Kernels, makeKernels } from "./kernels.ts";
import type { Linalg } from "./Linalg.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Matrix } from "./Matrix.ts";
import { type Call, isShared } from "./program/Call.ts";
import type { Program } from "./program/Program.ts";
import { Recorder } from "./program/Recorder.ts";
import type { Team } from "./Team.ts";
import type { ModuleExports, Pointer } from "./wasm.ts";

/** Who records the step that is being captured, if any: calls on other memories would be done at once, and only once. */
let capturing: Recorder | undefined;

/** Does kernel calls at once, or records them. */
export class Backend {
  readonly kernels: Kernels;
  readonly team: Team;
  readonly #module: ModuleExports;
  readonly #arena: Arena;
  #scratch = { pointer: 0, bytes: 0 };
  #recorder: Recorder | undefined;
  readonly #transposed = new WeakMap<Compressed, Pointer>();

  constructor(module: ModuleExports, team: Team, arena: Arena) {
    this.kernels = makeKernels(divisionOf(module), (call) => this.#perform(call));
    this.team = team;
    this.#module = module;
    this.#arena = arena;
  }

  /** The recorder of the step that is being captured, if any. */
  get recorder(): Recorder | undefined {
    return this.#recorder;
  }

  /** See {@link Linalg.capture}. */
  capture(linalg: Linalg, step: () => unknown): Program {
    if (this.#recorder !== undefined) throw new LinalgError("capture: a step is being captured already; end that first");
    const recorder = new Recorder();
    this.#recorder = recorder;
    capturing = recorder;
    try {
      if (step() instanceof Promise) throw new LinalgError("capture: the step is asynchronous; make all of its calls before it returns");
    } finally {
      this.#recorder = undefined;
      capturing = undefined;
    }
    return recorder.program(linalg, this.team);
  }

  /** Memory of at least `bytes` that a single kernel call may use for itself; shared by all calls. */
  scratch(bytes: number): { readonly pointer: Pointer; readonly bytes: number } {
    if (this.#scratch.bytes < bytes) {
      // Grown by doubling, so that what is left behind is less than what is used.
      const size = Math.max(bytes, 2 * this.#scratch.bytes);
      this.#scratch = { pointer: this.#arena.lasting(() => this.#arena.allocate(size)), bytes: size };
    }
    return this.#scratch;
  }

  /** Memory for the sums of a batch's columns; see assembly/normalization/batchNorm.ts. */
  batchSums(rows: number, columns: number): Pointer {
    return this.scratch(sumsBytes(rows, columns, divisionOf(this.#module))).pointer;
  }

  /** Fewer columns of a product than this hardly repay the bookkeeping of nonzeros. */
  get fewestColumns(): number {
    return this.#module.FEWEST_COLUMNS.value;
  }

  /** Bytes of compressed rows `[rows × columns]`. */
  compressedBytes(rows: number, columns: number, nonzeros: number): number {
    return this.#module.compressedBytes(rows, columns, nonzeros);
  }

  /** Compresses `matrix` if at most half of it is not zero. */
  compress(matrix: Matrix): Compressed | undefined {
    return compress(matrix.linalg, this.#module, matrix);
  }

  /** The compressed rows of the transpose of a constant; made once. */
  transposed(compressed: Compressed): Pointer {
    const known = this.#transposed.get(compressed);
    if (known !== undefined) return known;
    const { rows, columns, nonzeros, pointer } = compressed;
    const bytes = this.compressedBytes(columns, rows, nonzeros);
    const target = this.#arena.lasting(() => this.#arena.allocate(bytes));
    this.#module.buildTransposed(rows, columns, pointer, target);
    this.#transposed.set(compressed, target);
    return target;
  }

  #perform(call: Call): void {
    if (capturing !== undefined && capturing !== this.#recorder)
      throw new LinalgError("capture: a kernel of another memory was called; make it part of no step");
    if (this.#recorder === undefined) this.team.run(call.operation, call.args, isShared(call));
    else this.#recorder.record(call);
  }
}

function divisionOf({ LINE, MR, COLUMNS_EACH, NORM_BLOCK, SUM_ROWS_EACH, DRAWS_EACH }: ModuleExports): Division {
  return {
    LINE: LINE.value,
    MR: MR.value,
    COLUMNS_EACH: COLUMNS_EACH.value,
    NORM_BLOCK: NORM_BLOCK.value,
    SUM_ROWS_EACH: SUM_ROWS_EACH.value,
    DRAWS_EACH: DRAWS_EACH.value,
  };
}
