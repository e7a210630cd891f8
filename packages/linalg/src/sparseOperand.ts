// How a product learns that its first operand is mostly zeros: from the matrix, if it never changes; else by looking.
import type { Backend } from "./Backend.ts";
import type { Compressed } from "./compressed.ts";
import type { SparseOperand } from "./gemmCall.ts";
import type { Matrix } from "./Matrix.ts";
import type { Pointer } from "./wasm.ts";

/** An operand of more elements is taken as dense unless it is a constant: the room to compress it would be too large. */
const MOST_ELEMENTS = 2 ** 22;
/** Where turning a batch takes more room than this in all, one thread does it for all of them. */
const MOST_TURNED_BYTES = 2 ** 26;

/** What a product C `[m × n]` with A (or Aᵀ) needs to leave out A's zeros; undefined where it does not. */
export function sparseOperand(backend: Backend, a: Matrix, transposed: boolean, n: number): SparseOperand | undefined {
  if (n < backend.fewestColumns || a.size === 0) return undefined;
  const none = { pointer: 0, bytes: 0 };
  if (a.compressed !== undefined) {
    // A captured step keeps the transpose; a single call turns the rows for itself, so that a scope gives back all.
    if (transposed && backend.recorder === undefined) return turned(backend, a.compressed, a.rows, 0);
    const rows = transposed ? backend.transposed(a.compressed) : a.compressed.pointer;
    return { rows, order: 0, gatheredColumns: false, scratch: none, scratchStep: 0 };
  }
  const gathered = backend.recorder?.gathered(a);
  if (gathered?.source.compressed !== undefined) {
    const { compressed } = gathered.source;
    if (transposed) return turned(backend, compressed, a.rows, gathered.order.pointer);
    return { rows: compressed.pointer, order: gathered.order.pointer, gatheredColumns: false, scratch: none, scratchStep: 0 };
  }
  if (!a.contiguous || a.size > MOST_ELEMENTS) return undefined;
  const [rows, depth] = transposed ? [a.columns, a.rows] : [a.rows, a.columns];
  return {
    rows: 0,
    order: 0,
    gatheredColumns: false,
    scratch: backend.scratch(backend.compressedBytes(rows, depth, a.size)),
    scratchStep: 0,
  };
}

// `rows` compressed rows as op(A)'s columns: turned in scratch memory, by each thread or by one.
function turned(backend: Backend, compressed: Compressed, rows: number, order: Pointer): SparseOperand {
  const nonzeros = Math.min(compressed.fullestRow * rows, order === 0 ? compressed.nonzeros : Infinity);
  const step = backend.compressedBytes(compressed.columns, rows, nonzeros);
  const all = step * backend.team.threads;
  const each = all <= MOST_TURNED_BYTES;
  const scratch = backend.scratch(each ? all : step);
  return { rows: compressed.pointer, order, gatheredColumns: true, scratch, scratchStep: each ? step : 0 };
}
