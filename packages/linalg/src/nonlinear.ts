// Elementwise functions and their gradients, and the ones that work row by row. x and y may be the same matrix, but
// not share a part of their memory.
import type { Backend } from "./Backend.ts";
import { checkLength, checkOperands, checkSameOrApart, checkSameShape } from "./checks.ts";
import type { Indices } from "./Indices.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Matrix } from "./Matrix.ts";
import { checkNumber } from "./values.ts";

type Elementwise = "exp" | "log" | "tanh" | "relu" | "sigmoid" | "gelu" | "normalQuantile";

function elementwise(operation: Elementwise, x: Matrix, y: Matrix): void {
  const { kernels } = checkOperands(operation, { matrices: { x, y } });
  checkSameShape(operation, "x", x, "y", y);
  checkSameOrApart(operation, "x", x, "y", y);
  kernels[operation](x.size, x.pointer, y.pointer);
}

type Gradient = "tanhGradient" | "reluGradient" | "sigmoidGradient";

function gradient(operation: Gradient, y: Matrix, dy: Matrix, dx: Matrix): void {
  const { kernels } = checkGradient(operation, "y", y, dy, dx);
  kernels[operation](y.size, y.pointer, dy.pointer, dx.pointer);
}

// `side` is the function's input or output, by name.
function checkGradient(operation: string, name: "x" | "y", side: Matrix, dy: Matrix, dx: Matrix): Backend {
  const backend = checkOperands(operation, { matrices: { [name]: side, dy, dx } });
  checkSameShape(operation, name, side, "dy", dy);
  checkSameShape(operation, "dy", dy, "dx", dx);
  checkSameOrApart(operation, name, side, "dx", dx);
  checkSameOrApart(operation, "dy", dy, "dx", dx);
  return backend;
}

function checkSlope(operation: string, slope: number): void {
  checkNumber(`${operation}: slope`, slope);
  if (!(slope >= 0))
    throw new LinalgError(`${operation}: slope is ${slope}; it must be at least 0, since the output's sign tells the input's`);
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

/** y = x where x > 0, else slope·x; slope is at least 0. */
export function leakyRelu(x: Matrix, y: Matrix, slope: number): void {
  const { kernels } = checkOperands("leakyRelu", { matrices: { x, y } });
  checkSlope("leakyRelu", slope);
  checkSameShape("leakyRelu", "x", x, "y", y);
  checkSameOrApart("leakyRelu", "x", x, "y", y);
  kernels.leakyRelu(x.size, slope, x.pointer, y.pointer);
}

/** dx = dy where y > 0, else slope·dy, where y is leakyRelu's output; dx may be dy. */
export function leakyReluGradient(y: Matrix, dy: Matrix, dx: Matrix, slope: number): void {
  const { kernels } = checkGradient("leakyReluGradient", "y", y, dy, dx);
  checkSlope("leakyReluGradient", slope);
  kernels.leakyReluGradient(y.size, slope, y.pointer, dy.pointer, dx.pointer);
}

/** y = 1 / (1 + e⁻ˣ), within 3 ulp. */
export function sigmoid(x: Matrix, y: Matrix): void {
  elementwise("sigmoid", x, y);
}

/** dx = dy·y·(1 − y), where y is sigmoid's output; dx may be dy. */
export function sigmoidGradient(y: Matrix, dy: Matrix, dx: Matrix): void {
  gradient("sigmoidGradient", y, dy, dx);
}

/** y = x·Φ(x), Φ the normal distribution function: ½x·(1 + erf(x/√2)), within 1.3e-7 of the larger of 1 and |x|. */
export function gelu(x: Matrix, y: Matrix): void {
  elementwise("gelu", x, y);
}

/** dx = dy·(Φ(x) + x·φ(x)), where x is gelu's input, within 2e-7 of dy; dx may be dy. */
export function geluGradient(x: Matrix, dy: Matrix, dx: Matrix): void {
  const { kernels } = checkGradient("geluGradient", "x", x, dy, dx);
  kernels.geluGradient(x.size, x.pointer, dy.pointer, dx.pointer);
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
