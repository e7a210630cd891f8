// The micro-kernel: C[4 × 8] = α · Σₖ A[:, k] · B[k, :] + β · C over packed slivers, strict f32 (a multiplication and
// an addition, each rounded). Accumulators are named c<row><half>.
import { storePair } from "./storePair";
import { A_STEP, B_STEP } from "./tiles";

// @ts-ignore: decorator
@inline
function madd(accumulator: v128, a: v128, b: v128): v128 {
  return f32x4.add(accumulator, f32x4.mul(a, b));
}

/** One 4 × 8 tile of C at `c` with `stride` bytes a row, from slivers `a` [depth][4] and `b` [depth][8]. */
export function kernel4x8(depth: i32, alpha: f32, a: usize, b: usize, beta: f32, c: usize, stride: usize): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = madd(c00, a0, b0);
    c01 = madd(c01, a0, b1);
    const a1 = v128.load32_splat(a, 4);
    c10 = madd(c10, a1, b0);
    c11 = madd(c11, a1, b1);
    const a2 = v128.load32_splat(a, 8);
    c20 = madd(c20, a2, b0);
    c21 = madd(c21, a2, b1);
    const a3 = v128.load32_splat(a, 12);
    c30 = madd(c30, a3, b0);
    c31 = madd(c31, a3, b1);
    a += A_STEP;
    b += B_STEP;
  }
  storePair(c, c00, c01, alpha, beta);
  storePair(c + stride, c10, c11, alpha, beta);
  storePair(c + 2 * stride, c20, c21, alpha, beta);
  storePair(c + 3 * stride, c30, c31, alpha, beta);
}
