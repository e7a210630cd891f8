// Epilogues: what follows a product and works on its result element by element is done with each block of the result
// while that is in cache. A call moves up to its product only over calls that don't touch what it touches.
import type { Call, Operand } from "./Call.ts";
import { depends } from "./conflicts.ts";

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
};

/** Every call once, in an order that gives the same results, the fusible ones within their product. */
export function fuse(calls: readonly Call[]): Fused[] {
  const fused: Fused[] = [];
  let rest = calls;
  while (rest.length > 0) {
    const [call, ...following] = rest;
    const skipped: Call[] = [];
    const epilogue: Call[] = [];
    for (const next of following) {
      if (call.operation === "GEMM" && belongs(next, call) && !skipped.some((other) => depends(other, next))) epilogue.push(next);
      else skipped.push(next);
    }
    fused.push({ call: epilogue.length === 0 ? call : withOperands(call, epilogue), epilogue });
    rest = skipped;
  }
  return fused;
}

// The layout of C in a product's arguments: see Kernels.gemm.
function result({ args }: Call): { readonly c: number; readonly size: number; readonly width: number; readonly contiguous: boolean } {
  const [m, n] = args;
  return { c: args[11], size: m * n, width: n, contiguous: args[12] === n };
}

function belongs(next: Call, product: Call): boolean {
  const matrices = MATRICES[next.operation];
  const { c, size, contiguous, width } = result(product);
  if (matrices === undefined || !contiguous) return false;
  const elements = next.operation === "ADD_ROW" ? next.args[0] * next.args[1] : next.args[0];
  if (elements !== size || (next.operation === "ADD_ROW" && next.args[1] !== width)) return false;
  // What it writes must not be an operand of the product: other threads are still reading it.
  const inputs = product.reads.filter(({ start }) => start !== c);
  return matrices.some((index) => next.args[index] === c) && !next.writes.some((write) => inputs.some((read) => overlap(write, read)));
}

function overlap(a: Operand, b: Operand): boolean {
  return a.start < b.end && b.start < a.end;
}

// An epilogue's matrices are divided as the product's result is.
function withOperands(product: Call, epilogue: readonly Call[]): Call {
  const { c, size } = result(product);
  const [own] = product.writes.filter(({ start }) => start === c);
  const asOwn = (operand: Operand): Operand =>
    operand.end - operand.start === size * 4 ? { ...own, start: operand.start, end: operand.end } : { start: operand.start, end: operand.end };
  return {
    ...product,
    reads: [...product.reads, ...epilogue.flatMap(({ reads }) => reads.map(asOwn))],
    writes: [...product.writes, ...epilogue.flatMap(({ writes }) => writes.map(asOwn))],
  };
}
