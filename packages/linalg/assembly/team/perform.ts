// One thread's part of an operation: the arguments are those of the kernel, as numbers.
import { axpy } from "../level1/axpy";
import { gatherRows } from "../level1/gather";
import { scal } from "../level1/scal";
import { addRow } from "../level2/addRow";
import { sumRows } from "../level2/sumRows";
import { gemmPart } from "../level3/gemmPart";
import { argmax } from "../nonlinear/argmax";
import { exp } from "../nonlinear/exp";
import { log } from "../nonlinear/log";
import { normalQuantile } from "../nonlinear/normalQuantile";
import { relu, reluGradient } from "../nonlinear/relu";
import { softmax } from "../nonlinear/softmax";
import { tanh, tanhGradient } from "../nonlinear/tanh";
import { adam } from "../optimizers/adam";
import { ARGUMENTS } from "./control";
import * as operation from "./operations";
import { partStart } from "./part";

/** Elements are handed out by cache lines: no two threads write to the same one. */
const LINE: i32 = 16;

// @ts-ignore: decorator
@inline
function real(index: i32): f64 {
  return load<f64>(ARGUMENTS + ((index as usize) << 3));
}

// @ts-ignore: decorator
@inline
function count(index: i32): i32 {
  return real(index) as i32;
}

// Addresses reach beyond i32's positive half.
// @ts-ignore: decorator
@inline
function address(index: i32): usize {
  return real(index) as u32 as usize;
}

/** Does the part of `thread` of the operation whose arguments stand in the control block. */
export function perform(op: i32, thread: i32, threads: i32): void {
  if (op == operation.GEMM) {
    return gemmPart(
      count(0), count(1), count(2), real(3) as f32,
      address(4), count(5), count(6), address(7), count(8), count(9),
      real(10) as f32, address(11), count(12) != 0, thread, threads,
    );
  }
  if (op == operation.SUM_ROWS) {
    const first = partStart(count(1), LINE, thread, threads);
    const columns = partStart(count(1), LINE, thread + 1, threads) - first;
    const offset = (first as usize) << 2;
    return sumRows(count(0), columns, count(2), address(3) + offset, address(4) + offset);
  }
  if (op >= operation.FIRST_BY_ROWS) return performRows(op, thread, threads);
  performElements(op, thread, threads);
}

// Operations whose first argument counts elements.
function performElements(op: i32, thread: i32, threads: i32): void {
  const first = partStart(count(0), LINE, thread, threads);
  const size = partStart(count(0), LINE, thread + 1, threads) - first;
  const offset = (first as usize) << 2;
  switch (op) {
    case operation.AXPY: return axpy(size, address(1), address(2) + offset, address(3) + offset);
    case operation.SCAL: return scal(size, real(1) as f32, address(2) + offset);
    case operation.EXP: return exp(size, address(1) + offset, address(2) + offset);
    case operation.LOG: return log(size, address(1) + offset, address(2) + offset);
    case operation.TANH: return tanh(size, address(1) + offset, address(2) + offset);
    case operation.RELU: return relu(size, address(1) + offset, address(2) + offset);
    case operation.NORMAL_QUANTILE: return normalQuantile(size, address(1) + offset, address(2) + offset);
    case operation.TANH_GRADIENT: return tanhGradient(size, address(1) + offset, address(2) + offset, address(3) + offset);
    case operation.RELU_GRADIENT: return reluGradient(size, address(1) + offset, address(2) + offset, address(3) + offset);
    case operation.ADAM:
      return adam(
        size, address(1), address(2), address(3), real(4), real(5), real(6) as f32,
        address(7) + offset, address(8) + offset, address(9) + offset, address(10) + offset,
      );
  }
}

// Operations whose first two arguments are rows and columns.
function performRows(op: i32, thread: i32, threads: i32): void {
  const first = partStart(count(0), 1, thread, threads);
  const rows = partStart(count(0), 1, thread + 1, threads) - first;
  const columns = count(1);
  const skipped = (first as usize) * ((columns as usize) << 2);
  switch (op) {
    case operation.ADD_ROW: return addRow(rows, columns, address(2), address(3) + skipped);
    case operation.SOFTMAX: return softmax(rows, columns, address(2) + skipped, address(3) + skipped);
    case operation.ARGMAX: return argmax(rows, columns, address(2) + skipped, address(3) + ((first as usize) << 2));
    case operation.GATHER_ROWS:
      return gatherRows(rows, columns, address(2), address(3) + ((first as usize) << 2), address(4) + skipped);
  }
}
