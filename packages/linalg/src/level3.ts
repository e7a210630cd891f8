// The matrix product, where nearly all of training's arithmetic is.
import { sameLinalg } from "./checks.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Matrix } from "./Matrix.ts";
import { sparseOperand } from "./sparseOperand.ts";

/** How gemm reads its operands. */
export interface GemmOptions {
  /** Use Aᵀ in place of A. */
  readonly transposeA?: boolean;
  /** Use Bᵀ in place of B. */
  readonly transposeB?: boolean;
  /** Factor of the product, 1 by default. */
  readonly alpha?: number;
  /** Factor of what C holds, 0 by default: C is overwritten without being read. */
  readonly beta?: number;
}

/**
 * C = α·op(A)·op(B) + β·C, with op(A) `[m × k]`, op(B) `[k × n]` and C `[m × n]`.
 * Throws a LinalgError when the shapes don't fit or C is one of the operands.
 */
export function gemm(a: Matrix, b: Matrix, c: Matrix, options: GemmOptions = {}): void {
  const linalg = sameLinalg("gemm", { A: a, B: b, C: c });
  const { transposeA = false, transposeB = false, alpha = 1, beta = 0 } = options;
  const [m, k] = transposeA ? [a.columns, a.rows] : [a.rows, a.columns];
  const [depth, n] = transposeB ? [b.columns, b.rows] : [b.rows, b.columns];
  const nameA = transposeA ? "Aᵀ" : "A";
  const nameB = transposeB ? "Bᵀ" : "B";
  if (k !== depth) {
    throw new LinalgError(
      `gemm: ${nameA} is ${m} × ${k} but ${nameB} is ${depth} × ${n}; the columns of ${nameA} must equal the rows of ${nameB}`,
    );
  }
  if (c.rows !== m || c.columns !== n) {
    throw new LinalgError(`gemm: C is ${c} but ${nameA}·${nameB} is ${m} × ${n}; give C that shape`);
  }
  if (overlap(a, c) || overlap(b, c)) throw new LinalgError("gemm: C shares memory with A or B; give it memory of its own");
  const across = (matrix: Matrix, transposed: boolean): { pointer: number; row: number; column: number } => ({
    pointer: matrix.pointer,
    row: transposed ? 1 : matrix.stride,
    column: transposed ? matrix.stride : 1,
  });
  linalg.kernels.gemm({
    m,
    n,
    k,
    alpha,
    beta,
    a: across(a, transposeA),
    b: across(b, transposeB),
    c: { pointer: c.pointer, row: c.stride },
    sparse: sparseOperand(linalg, a, transposeA, n),
  });
}

function overlap(x: Matrix, y: Matrix): boolean {
  const end = ({ pointer, rows, columns, stride }: Matrix): number => pointer + ((rows - 1) * stride + columns) * 4;
  return x.size > 0 && y.size > 0 && x.pointer < end(y) && y.pointer < end(x);
}
