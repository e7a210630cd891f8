// A matrix product as a call: its numbers in the order of assembly/level3/product.ts, and the memory that each thread touches.
import type { Division } from "./kernels.ts";
import { type Call, divided, type Operand, whole } from "./program/Call.ts";
import type { Pointer } from "./wasm.ts";

/** So many products take as long as one element of an elementwise call. */
const PRODUCTS_AN_ELEMENT = 8;

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

/**
 * The call of a product. One that is surely dense and has few columns is divided by rows, as assembly/level3/gemm.ts does it;
 * of any other, and of a C whose rows don't lie together, each thread may touch all.
 */
export function gemmCall({ m, n, k, alpha, beta, a, b, c, sparse }: Product, { MR, COLUMNS_EACH }: Division): Call {
  const extent = (pointer: Pointer, rows: number, row: number, columns: number, column: number): Operand =>
    whole(pointer, rows === 0 || columns === 0 ? 0 : (rows - 1) * row + (columns - 1) * column + 1);
  const byRows = sparse === undefined && n < COLUMNS_EACH && c.row === n;
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
    work: (m * n * Math.max(k, 1)) / PRODUCTS_AN_ELEMENT,
    reads: [...(isCompressed ? order : [left]), extent(b.pointer, k, b.row, n, b.column), ...(beta === 0 ? [] : [result]), ...scratch],
    writes: [result, ...scratch],
  };
}
