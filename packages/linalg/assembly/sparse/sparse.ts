// The product where op(A) is mostly zeros: the same blocks of k in the same order as the dense loops, the zeros left out, so
// the result has the same bits wherever B is finite.
import { alpha, b, bColumn, beta, bRow, c, cRow, gatheredColumns, k, m, n } from "../level3/product";
import { storeEdge } from "../level3/storeEdge";
import { blockDepth } from "../level3/tiles";
import { finishBlock } from "../team/finishBlock";
import { partStart } from "../team/part";
import { edgeTile, packedB } from "../workspace";
import { inPlaceKernel1x16, inPlaceKernel1x24, inPlaceKernel1x32, inPlaceKernel1x40, inPlaceKernel1x8 } from "./inPlaceKernels";
import { sparseKernel1x16, sparseKernel1x24, sparseKernel1x32, sparseKernel1x40, sparseKernel1x8 } from "./kernels";
import { allFinite, packPanel } from "./panel";
import { finite, PACKED_ROWS, rowOrder, rows } from "./prepare";
import { ENTRY, indexOf, PANEL_ROW, SEGMENT, segmentAt } from "./segments";

/** Panels of B are whole multiples of so many columns. */
const PANEL_UNIT: i32 = 8;
/** Columns for each thread (1 KiB of a row) from which on dividing by columns costs no cache lines. */
const NARROW_COLUMNS: i32 = 256;

/** The most columns of a panel. */
const WIDEST: i32 = 40;

/** The rows of C that this thread computes. */
let firstRow: i32 = 0;
let endRow: i32 = 0;

/**
 * The part of `thread`: columns of C, since each thread then packs its own part of B. A C of few columns whose rows are
 * a gathered matrix's columns (the gradient of weights) is divided by rows with as many nonzeros each: where threads share
 * narrow rows, their caches take lines from each other that none of them needs.
 */
export function sparsePart(thread: i32, threads: i32): void {
  if (gatheredColumns && n < NARROW_COLUMNS * threads) {
    firstRow = rowOfShare(thread, threads);
    endRow = rowOfShare(thread + 1, threads);
    return sparseColumns(0, n);
  }
  firstRow = 0;
  endRow = m;
  const first = partStart(n, PANEL_UNIT, thread, threads);
  sparseColumns(first, partStart(n, PANEL_UNIT, thread + 1, threads) - first);
}

// The first row at which `share` of `shares` of the first block's entries lie behind.
function rowOfShare(share: i32, shares: i32): i32 {
  if (share == 0) return 0;
  if (share == shares) return m;
  const start = load<usize>(segmentOf(0, 0));
  const entries = (load<usize>(segmentOf(m - 1, 0), SEGMENT / 2) - start) / ENTRY;
  const bound = start + ((entries * (share as usize)) / (shares as usize)) * ENTRY;
  let row = 0;
  while (row < m && load<usize>(segmentOf(row, 0)) < bound) row++;
  return row;
}

// Columns of C from `first` on; k ≥ 1. A panel of B (50 KiB at most) stays in L1 or close to it for all rows. Panels are as
// equal as can be: a narrow one costs more than its share.
function sparseColumns(first: i32, columns: i32): void {
  const readable = endRow - firstRow < PACKED_ROWS && bColumn == 4;
  // Looked at in whole rows: in panels, every row would be on another page.
  const whole = readable && (finite || allFinite(k, columns & ~(PANEL_UNIT - 1), b + ((first as usize) << 2), bRow));
  const units = (columns + PANEL_UNIT - 1) / PANEL_UNIT;
  const panels = (columns + WIDEST - 1) / WIDEST;
  for (let panel = 0; panel < panels; panel++) {
    const from = partStart(units, 1, panel, panels) * PANEL_UNIT;
    const to = partStart(units, 1, panel + 1, panels) * PANEL_UNIT;
    sparsePanel(first + from, to - from, min(to, columns) - from, readable, whole);
  }
}

// One panel, `width` columns of which `valid` are C's. Where B is `readable` as it stands it is not packed.
function sparsePanel(column: i32, width: i32, valid: i32, readable: bool, whole: bool): void {
  const deepest = blockDepth(k);
  const target = c + (firstRow as usize) * cRow + ((column as usize) << 2);
  for (let pc = 0, block = 0; pc < k; pc += deepest, block++) {
    const depth = min(deepest, k - pc);
    const from = b + (pc as usize) * bRow + (column as usize) * bColumn;
    const factor: f32 = pc == 0 ? beta : 1;
    if (readable && valid == width) {
      if (whole) inPlaceRows(block, width, factor, from, target);
      else denseRows(block, depth, width, factor, from, bRow, target);
    } else if (packPanel(from, bColumn, bRow, valid, width, depth, packedB)) {
      packedRows(block, width, valid, factor, target);
    } else {
      denseRows(block, depth, valid, factor, packedB, PANEL_ROW, target);
    }
  }
  finishBlock(firstRow, endRow - firstRow, column, valid);
}

// All rows of C times one packed panel.
function packedRows(block: i32, width: i32, valid: i32, factor: f32, target: usize): void {
  for (let row = firstRow; row < endRow; row++, target += cRow) {
    const segment = segmentOf(row, block);
    const entry = load<usize>(segment), end = load<usize>(segment, SEGMENT / 2);
    if (valid < width) {
      packedKernel(width, entry, end, 1, 0, edgeTile);
      storeEdge(edgeTile, 0, 1, valid, alpha, factor, target, cRow);
    } else {
      packedKernel(width, entry, end, alpha, factor, target);
    }
  }
}

// @ts-ignore: decorator
@inline
function packedKernel(width: i32, entry: usize, end: usize, factor: f32, held: f32, target: usize): void {
  if (width == 40) sparseKernel1x40(entry, end, factor, packedB, held, target);
  else if (width == 32) sparseKernel1x32(entry, end, factor, packedB, held, target);
  else if (width == 24) sparseKernel1x24(entry, end, factor, packedB, held, target);
  else if (width == 16) sparseKernel1x16(entry, end, factor, packedB, held, target);
  else sparseKernel1x8(entry, end, factor, packedB, held, target);
}

// As packedRows, with the panel where it stands in B.
function inPlaceRows(block: i32, width: i32, factor: f32, panel: usize, target: usize): void {
  for (let row = firstRow; row < endRow; row++, target += cRow) {
    const segment = segmentOf(row, block);
    const entry = load<usize>(segment), end = load<usize>(segment, SEGMENT / 2);
    if (width == 40) inPlaceKernel1x40(entry, end, alpha, panel, bRow, factor, target);
    else if (width == 32) inPlaceKernel1x32(entry, end, alpha, panel, bRow, factor, target);
    else if (width == 24) inPlaceKernel1x24(entry, end, alpha, panel, bRow, factor, target);
    else if (width == 16) inPlaceKernel1x16(entry, end, alpha, panel, bRow, factor, target);
    else inPlaceKernel1x8(entry, end, alpha, panel, bRow, factor, target);
  }
}

// All rows where the panel is not finite: 0 · ∞ and 0 · NaN are NaN, so no zero may be left out.
function denseRows(block: i32, depth: i32, columns: i32, factor: f32, panel: usize, rowBytes: usize, target: usize): void {
  for (let row = firstRow; row < endRow; row++) {
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
