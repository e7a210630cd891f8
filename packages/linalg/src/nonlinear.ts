// Elementwise functions and their gradients, and the ones that work row by row. x and y may be the same matrix, but
// not share a part of their memory.
import { checkLength, checkOperands, checkSameOrApart, checkSameShape } from "./checks.ts";
import type { Indices } from "./Indices.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Matrix } from "./Matrix.ts";

type Elementwise = "exp" | "log" | "tanh" | "relu" | "normalQuantile";

function elementwise(operation: Elementwise, x: Matrix, y: Matrix): void {
  const { kernels } = checkOperands(operation, { matrices: { x, y } });
  checkSameShape(operation, "x", x, "y", y);
  checkSameOrApart(operation, "x", x, "y", y);
  kernels[operation](x.size, x.pointer, y.pointer);
}

function gradient(operation: "tanhGradient" | "reluGradient", y: Matrix, dy: Matrix, dx: Matrix): void {
  const { kernels } = checkOperands(operation, { matrices: { y, dy, dx } });
  checkSameShape(operation, "y", y, "dy", dy);
  checkSameShape(operation, "dy", dy, "dx", dx);
  checkSameOrApart(operation, "y", y, "dx", dx);
  checkSameOrApart(operation, "dy", dy, "dx", dx);
  kernels[operation](y.size, y.pointer, dy.pointer, dx.pointer);
}

/** y = eˣ, within 1 ulp. Throws a LinalgError on unequal shapes, as all functions here do. */
export function exp(x: Matrix, y: Matrix): void {
  elementwise("exp", x, y);
}

/** y = ln x, within 1 ulp; 0 gives −Infinity, a negative number NaN. */
export function log(x: Matrix, y: Matrix): void {
  elementwise("log", x, y);
}

/** y = tanh x, within 1 ulp. */
export function tanh(x: Matrix, y: Matrix): void {
  elementwise("tanh", x, y);
}

/** dx = dy·(1 − y²), where y is tanh's output; dx may be dy. */
export function tanhGradient(y: Matrix, dy: Matrix, dx: Matrix): void {
  gradient("tanhGradient", y, dy, dx);
}

/** y = max(x, 0). */
export function relu(x: Matrix, y: Matrix): void {
  elementwise("relu", x, y);
}

/** dx = dy where y > 0, else 0, where y is relu's output; dx may be dy. */
export function reluGradient(y: Matrix, dy: Matrix, dx: Matrix): void {
  gradient("reluGradient", y, dy, dx);
}

/** y = Φ⁻¹(u) for uniforms 0 < u < 1: independent uniforms become independent N(0, 1). */
export function normalQuantile(u: Matrix, y: Matrix): void {
  elementwise("normalQuantile", u, y);
}

/** y[i, :] = softmax(x[i, :]), with the row's maximum subtracted first. */
export function softmax(x: Matrix, y: Matrix): void {
  const { kernels } = checkOperands("softmax", { matrices: { x, y } });
  checkSameShape("softmax", "x", x, "y", y);
  checkSameOrApart("softmax", "x", x, "y", y);
  kernels.softmax(x.rows, x.columns, x.pointer, y.pointer);
}

/** indices[i] = the column of the greatest element of x[i, :], the first of equals. */
export function argmax(x: Matrix, indices: Indices): void {
  const { kernels } = checkOperands("argmax", { matrices: { x }, indices: { indices } });
  checkLength("argmax", "indices", indices, x.rows, "x's rows are");
  if (x.columns === 0) throw new LinalgError(`argmax: x is ${x}; a row without columns has no greatest element`);
  kernels.argmax(x.rows, x.columns, x.pointer, indices.pointer);
}
