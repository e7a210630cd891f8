// The product where op(A) is mostly zeros: the same blocks of k in the same order as the dense loops, the zeros left out, so
// the result has the same bits wherever B is finite.
import { alpha, b, bColumn, beta, bRow, c, cRow, k, m } from "../level3/product";
import { storeEdge } from "../level3/storeEdge";
import { blockDepth } from "../level3/tiles";
import { finishBlock } from "../team/finishBlock";
import { edgeTile, packedB } from "../workspace";
import {
  inPlaceKernel1x24, inPlaceKernel1x40, inPlaceKernel1x8, sparseKernel1x24, sparseKernel1x40, sparseKernel1x8,
} from "./kernels";
import { allFinite, packPanel } from "./panel";
import { rowOrder, rows } from "./prepare";
import { ENTRY, indexOf, PANEL_ROW, SEGMENT, segmentAt } from "./segments";

/** Panels of B are whole multiples of so many columns. */
export const PANEL_UNIT: i32 = 8;
/** For fewer rows of C than this, B is read where it stands: packing would cost about what it saves. */
const PACKED_ROWS: i32 = 256;

/** `columns` columns of C from `first` on; k ≥ 1. A panel of B (50 KiB at most) stays in L1 or close to it for all rows. */
export function sparseBlock(first: i32, columns: i32): void {
  const end = first + columns;
  const deepest = blockDepth(k);
  const mayRead = m < PACKED_ROWS && bColumn == 4;
  for (let column = first, width = 0; column < end; column += width) {
    width = end - column >= 40 ? 40 : end - column >= 24 ? 24 : 8;
    const valid = min(width, end - column);
    for (let pc = 0, block = 0; pc < k; pc += deepest, block++) {
      const depth = min(deepest, k - pc);
      const from = b + (pc as usize) * bRow + (column as usize) * bColumn;
      const factor: f32 = pc == 0 ? beta : 1;
      const target = c + ((column as usize) << 2);
      if (mayRead && valid == width) {
        if (allFinite(depth, width, from, bRow)) inPlaceRows(block, width, factor, from, target);
        else denseRows(block, depth, width, factor, from, bRow, target);
      } else {
        packPanel(from, bColumn, bRow, valid, width, depth, packedB);
        if (allFinite(depth, width, packedB, PANEL_ROW)) packedRows(block, width, valid, factor, target);
        else denseRows(block, depth, valid, factor, packedB, PANEL_ROW, target);
      }
    }
    finishBlock(0, m, column, valid);
  }
}

// All rows of C times one packed panel, `width` columns of which `valid` are C's.
function packedRows(block: i32, width: i32, valid: i32, factor: f32, target: usize): void {
  for (let row = 0; row < m; row++) {
    const segment = segmentOf(row, block);
    const entry = load<usize>(segment), end = load<usize>(segment, SEGMENT / 2);
    if (width == 40) {
      sparseKernel1x40(entry, end, alpha, packedB, factor, target);
    } else if (width == 24) {
      sparseKernel1x24(entry, end, alpha, packedB, factor, target);
    } else if (valid == width) {
      sparseKernel1x8(entry, end, alpha, packedB, factor, target);
    } else {
      sparseKernel1x8(entry, end, 1, packedB, 0, edgeTile);
      storeEdge(edgeTile, 32, 1, valid, alpha, factor, target, cRow);
    }
    target += cRow;
  }
}

// As packedRows, with the panel where it stands in B.
function inPlaceRows(block: i32, width: i32, factor: f32, panel: usize, target: usize): void {
  for (let row = 0; row < m; row++) {
    const segment = segmentOf(row, block);
    const entry = load<usize>(segment), end = load<usize>(segment, SEGMENT / 2);
    if (width == 40) inPlaceKernel1x40(entry, end, alpha, panel, bRow, factor, target);
    else if (width == 24) inPlaceKernel1x24(entry, end, alpha, panel, bRow, factor, target);
    else inPlaceKernel1x8(entry, end, alpha, panel, bRow, factor, target);
    target += cRow;
  }
}

// All rows where the panel is not finite: 0 · ∞ and 0 · NaN are NaN, so no zero may be left out.
function denseRows(block: i32, depth: i32, columns: i32, factor: f32, panel: usize, rowBytes: usize, target: usize): void {
  for (let row = 0; row < m; row++) {
    const segment = segmentOf(row, block);
    const end = load<usize>(segment, SEGMENT / 2);
    for (let j = 0; j < columns; j++) {
      let entry = load<usize>(segment);
      let sum: f32 = 0;
      for (let index: usize = 0; index < (depth as usize); index++) {
        const stored = entry < end && indexOf(entry) == index;
        sum += (stored ? load<f32>(entry, 4) : 0) * load<f32>(panel + index * rowBytes + ((j as usize) << 2));
        entry += stored ? ENTRY : 0;
      }
      store<f32>(edgeTile, sum);
      storeEdge(edgeTile, 4, 1, 1, alpha, factor, target + ((j as usize) << 2), cRow);
    }
    target += cRow;
  }
}

// @ts-ignore: decorator
@inline
function segmentOf(row: i32, block: i32): usize {
  return segmentAt(rows, rowOrder != 0 ? load<i32>(rowOrder + ((row as usize) << 2)) : row, block);
}
