// The epilogue of a product: elementwise jobs that follow it and work on C, done block by block while a block is in cache.
import { axpy } from "../level1/axpy";
import { addRow } from "../level2/addRow";
import { cRow, epilogue, epilogueEnd } from "../level3/product";
import { gelu, geluGradient } from "../nonlinear/gelu";
import { leakyRelu, leakyReluGradient } from "../nonlinear/leakyRelu";
import { relu, reluGradient } from "../nonlinear/relu";
import { sigmoid, sigmoidGradient } from "../nonlinear/sigmoid";
import { tanh, tanhGradient } from "../nonlinear/tanh";
import { edgeTile } from "../workspace";
import { addressAt, realAt } from "./arguments";
import { ARGUMENTS, JOB_BYTES, OPERATION } from "./job";
import * as operation from "./operations";

/** Bytes of C that one job leaves in L1 for the next. */
const STRIP_BYTES: i32 = 16384;

/** Does the epilogue on the block of C [rows × columns] at (row, column); its other matrices are laid out as C is. */
export function finishBlock(row: i32, rows: i32, column: i32, columns: i32): void {
  if (epilogue == epilogueEnd || columns == 0) return;
  const height = max(1, STRIP_BYTES / 4 / columns);
  const end = row + rows;
  for (; row < end; row += height) {
    const offset = (row as usize) * cRow + ((column as usize) << 2);
    for (let job = epilogue; job < epilogueEnd; job += JOB_BYTES) {
      finish(load<i32>(job, OPERATION), job + ARGUMENTS, min(height, end - row), columns, (column as usize) << 2, offset);
    }
  }
}

// Brings a block near, all its lines at a time: row after row, the job would wait for each.
function touch(rows: i32, columns: i32, at: usize): void {
  const bytes = (columns as usize) << 2;
  let touched = 0;
  for (let i = 0; i < rows; i++, at += cRow) {
    for (let line: usize = 0; line < bytes; line += 64) touched |= load<i32>(at + line);
  }
  store<i32>(edgeTile, touched);
}

// One job on a block at `offset` bytes of the matrices, `columnOffset` bytes of a row.
function finish(op: i32, args: usize, rows: i32, columns: i32, columnOffset: usize, offset: usize): void {
  switch (op) {
    case operation.ADD_ROW: return addRow(rows, columns, cRow, addressAt(args, 2) + columnOffset, addressAt(args, 3) + offset);
    case operation.RELU: return relu(rows, columns, cRow, addressAt(args, 1) + offset, addressAt(args, 2) + offset);
    case operation.TANH: return tanh(rows, columns, cRow, addressAt(args, 1) + offset, addressAt(args, 2) + offset);
    case operation.RELU_GRADIENT:
      return reluGradient(rows, columns, cRow, addressAt(args, 1) + offset, addressAt(args, 2) + offset, addressAt(args, 3) + offset);
    case operation.TANH_GRADIENT:
      return tanhGradient(rows, columns, cRow, addressAt(args, 1) + offset, addressAt(args, 2) + offset, addressAt(args, 3) + offset);
    case operation.LEAKY_RELU:
      return leakyRelu(rows, columns, cRow, realAt(args, 1) as f32, addressAt(args, 2) + offset, addressAt(args, 3) + offset);
    case operation.LEAKY_RELU_GRADIENT:
      return leakyReluGradient(
        rows, columns, cRow, realAt(args, 1) as f32, addressAt(args, 2) + offset, addressAt(args, 3) + offset, addressAt(args, 4) + offset,
      );
    case operation.SIGMOID: return sigmoid(rows, columns, cRow, addressAt(args, 1) + offset, addressAt(args, 2) + offset);
    case operation.SIGMOID_GRADIENT:
      return sigmoidGradient(rows, columns, cRow, addressAt(args, 1) + offset, addressAt(args, 2) + offset, addressAt(args, 3) + offset);
    case operation.GELU: return gelu(rows, columns, cRow, addressAt(args, 1) + offset, addressAt(args, 2) + offset);
    case operation.GELU_GRADIENT:
      return geluGradient(rows, columns, cRow, addressAt(args, 1) + offset, addressAt(args, 2) + offset, addressAt(args, 3) + offset);
    case operation.AXPY:
      touch(rows, columns, addressAt(args, 3) + offset);
      return axpy(rows, columns, cRow, addressAt(args, 1), addressAt(args, 2) + offset, addressAt(args, 3) + offset);
  }
}
