// How a product learns that its first operand is mostly zeros: from the matrix, if it never changes; else by looking.
import type { Backend } from "./Backend.ts";
import type { SparseOperand } from "./kernels.ts";
import type { Matrix } from "./Matrix.ts";

/** Fewer columns of C than this hardly repay the bookkeeping of nonzeros: see assembly/sparse/prepare.ts. */
const FEWEST_COLUMNS = 32;
/** An operand of more elements is taken as dense unless it is a constant: the room to compress it would be too large. */
const MOST_ELEMENTS = 2 ** 22;
/** The most elements of a depth block: KC. */
const KC = 400;

/** What a product C `[m × n]` with A (or Aᵀ) needs to leave out A's zeros; undefined where it does not. */
export function sparseOperand(backend: Backend, a: Matrix, transposed: boolean, n: number): SparseOperand | undefined {
  if (n < FEWEST_COLUMNS || a.size === 0) return undefined;
  const none = { pointer: 0, bytes: 0 };
  if (a.compressed !== undefined) {
    const rows = transposed ? backend.transposed(a.compressed) : a.compressed.pointer;
    return { rows, order: 0, gatheredColumns: false, scratch: none, scratchStep: 0 };
  }
  const gathered = backend.recorder?.gathered(a);
  if (gathered?.source.compressed !== undefined) {
    const { pointer, fullestRow } = gathered.source.compressed;
    const scratchStep = transposed ? roomFor(a.columns, a.rows, fullestRow * a.rows) : 0;
    const scratch = transposed ? backend.scratch(scratchStep * backend.team.threads) : none;
    return { rows: pointer, order: gathered.order.pointer, gatheredColumns: transposed, scratch, scratchStep };
  }
  if (!a.contiguous || a.size > MOST_ELEMENTS) return undefined;
  const [rows, depth] = transposed ? [a.columns, a.rows] : [a.rows, a.columns];
  return { rows: 0, order: 0, gatheredColumns: false, scratch: backend.scratch(roomFor(rows, depth, a.size)), scratchStep: 0 };
}

// Header, segments and entries of compressed rows, as assembly/sparse/build.ts counts them.
function roomFor(rows: number, depth: number, nonzeros: number): number {
  return Math.ceil((64 + rows * Math.ceil(depth / KC) * 8 + (nonzeros + 1) * 8) / 64) * 64;
}
