// Epilogues: what follows a product and works on its result element by element is done with each block of the result
// while that is in cache. A call moves up to its product only over calls that don't touch what it touches.
import type { Call, Operand } from "./Call.ts";
import { depends, overlaps } from "./conflicts.ts";

/** A call, and the ones that are done within it. */
export interface Fused {
  readonly call: Call;
  readonly epilogue: readonly Call[];
}

// The arguments that are matrices of C's shape, by operation; the others are cells, or a row.
const MATRICES: Partial<Record<Call["operation"], readonly number[]>> = {
  ADD_ROW: [3],
  RELU: [1, 2],
  TANH: [1, 2],
  RELU_GRADIENT: [1, 2, 3],
  TANH_GRADIENT: [1, 2, 3],
  AXPY: [2, 3],
  LEAKY_RELU: [2, 3],
  LEAKY_RELU_GRADIENT: [2, 3, 4],
  SIGMOID: [1, 2],
  SIGMOID_GRADIENT: [1, 2, 3],
  GELU: [1, 2],
  GELU_GRADIENT: [1, 2, 3],
};

/** The operations that do an epilogue. */
const PRODUCTS: ReadonlySet<Call["operation"]> = new Set(["GEMM", "CONV2D"]);

/** Every call once, in an order that gives the same results, the fusible ones within their product. */
export function fuse(calls: readonly Call[]): Fused[] {
  const fused: Fused[] = [];
  let rest = calls;
  while (rest.length > 0) {
    const [call, ...following] = rest;
    const skipped: Call[] = [];
    const epilogue: Call[] = [];
    for (const next of following) {
      if (PRODUCTS.has(call.operation) && belongs(next, call, epilogue) && !skipped.some((other) => depends(other, next)))
        epilogue.push(next);
      else skipped.push(next);
    }
    fused.push({ call: epilogue.length === 0 ? call : withOperands(call, epilogue), epilogue });
    rest = skipped;
  }
  return fused;
}

// The layout of C in a product's arguments: see Kernels.gemm and ImageKernels.conv2d.
function result({ args }: Call): { readonly c: number; readonly size: number; readonly width: number; readonly contiguous: boolean } {
  const [m, n] = args;
  return { c: args[11], size: m * n, width: n, contiguous: args[12] === n };
}

// Whether `next` can be done block by block with the product, after `epilogue`.
function belongs(next: Call, product: Call, epilogue: readonly Call[]): boolean {
  const matrices = MATRICES[next.operation];
  const { c, size, contiguous, width } = result(product);
  if (matrices === undefined || !contiguous) return false;
  const elements = next.operation === "ADD_ROW" ? next.args[0] * next.args[1] : next.args[0];
  if (elements !== size || (next.operation === "ADD_ROW" && next.args[1] !== width)) return false;
  if (!matrices.some((index) => next.args[index] === c)) return false;
  // What it writes must not be an operand of the product: other threads are still reading it.
  const inputs = product.reads.filter(({ start }) => start !== c);
  if (next.writes.some((write) => inputs.some((read) => overlaps(write, read)))) return false;
  // Nor may a block read what is done with another block: a row of C, or a matrix that begins within C.
  const touched = [...next.reads, ...next.writes];
  return (
    [product, ...epilogue].every(({ writes }) => writes.every((write) => touched.every((operand) => inStep(write, operand)))) &&
    epilogue.every(({ reads }) => reads.every((read) => next.writes.every((write) => inStep(read, write))))
  );
}

// Whether a block of one has nothing to do with other blocks of the other.
function inStep(a: Operand, b: Operand): boolean {
  return !overlaps(a, b) || (a.start === b.start && a.end === b.end);
}

// An epilogue's matrices are divided as the product's result is.
function withOperands(product: Call, epilogue: readonly Call[]): Call {
  const { c, size } = result(product);
  const [own] = product.writes.filter(({ start }) => start === c);
  const asOwn = (operand: Operand): Operand =>
    operand.end - operand.start === size * 4
      ? { ...own, start: operand.start, end: operand.end }
      : { start: operand.start, end: operand.end };
  return {
    ...product,
    reads: [...product.reads, ...epilogue.flatMap(({ reads }) => reads.map(asOwn))],
    writes: [...product.writes, ...epilogue.flatMap(({ writes }) => writes.map(asOwn))],
  };
}
