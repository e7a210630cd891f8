// The epilogue of a product: elementwise jobs that follow it and work on C, done block by block while a block is in cache.
import { axpy } from "../level1/axpy";
import { addRow } from "../level2/addRow";
import { cRow, epilogue, epilogueEnd } from "../level3/product";
import { relu, reluGradient } from "../nonlinear/relu";
import { tanh, tanhGradient } from "../nonlinear/tanh";
import { addressAt } from "./arguments";
import { ARGUMENTS, JOB_BYTES, OPERATION } from "./job";
import * as operation from "./operations";

/** Does the epilogue on the block of C [rows × columns] at (row, column); its other matrices are laid out as C is. */
export function finishBlock(row: i32, rows: i32, column: i32, columns: i32): void {
  for (let job = epilogue; job < epilogueEnd; job += JOB_BYTES) {
    const op = load<i32>(job, OPERATION);
    const args = job + ARGUMENTS;
    let offset = (row as usize) * cRow + ((column as usize) << 2);
    for (let i = 0; i < rows; i++, offset += cRow) performRow(op, args, columns, (column as usize) << 2, offset);
  }
}

// One row of a block: `columns` elements at `offset` bytes of the matrices, at `columnOffset` bytes of a row.
function performRow(op: i32, args: usize, columns: i32, columnOffset: usize, offset: usize): void {
  switch (op) {
    case operation.ADD_ROW: return addRow(1, columns, addressAt(args, 2) + columnOffset, addressAt(args, 3) + offset);
    case operation.RELU: return relu(columns, addressAt(args, 1) + offset, addressAt(args, 2) + offset);
    case operation.TANH: return tanh(columns, addressAt(args, 1) + offset, addressAt(args, 2) + offset);
    case operation.RELU_GRADIENT:
      return reluGradient(columns, addressAt(args, 1) + offset, addressAt(args, 2) + offset, addressAt(args, 3) + offset);
    case operation.TANH_GRADIENT:
      return tanhGradient(columns, addressAt(args, 1) + offset, addressAt(args, 2) + offset, addressAt(args, 3) + offset);
    case operation.AXPY: return axpy(columns, addressAt(args, 1), addressAt(args, 2) + offset, addressAt(args, 3) + offset);
  }
}
