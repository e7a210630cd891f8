// The matrix product, where nearly all of training's arithmetic is.
import { checkApart, checkOperands } from "./checks.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Matrix } from "./Matrix.ts";
import { sparseOperand } from "./sparseOperand.ts";
import { checkNumber, checkOptions } from "./values.ts";
import type { Pointer } from "./wasm.ts";

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
  const backend = checkOperands("gemm", { blocks: { A: a, B: b, C: c } });
  checkOptions("gemm: options", options);
  const { transposeA = false, transposeB = false, alpha = 1, beta = 0 } = options;
  checkNumber("gemm: alpha", alpha);
  checkNumber("gemm: beta", beta);
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
  checkApart("gemm", { C: c }, { A: a, B: b });
  backend.kernels.gemm({
    m,
    n,
    k,
    alpha,
    beta,
    a: across(a, transposeA),
    b: across(b, transposeB),
    c: { pointer: c.pointer, row: c.stride },
    sparse: sparseOperand(backend, a, transposeA, n),
  });
}

function across({ pointer, stride }: Matrix, transposed: boolean): { pointer: Pointer; row: number; column: number } {
  return transposed ? { pointer, row: 1, column: stride } : { pointer, row: stride, column: 1 };
}
