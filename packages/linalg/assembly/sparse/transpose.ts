// Rows that were gathered from a compressed matrix, turned: what was a row becomes an index of k, so that a product with
// op(A) = Xᵀ finds the nonzeros of a column of X side by side. A counting sort; the entries of a column stay in the order
// of the rows.
import { blockDepth, depthBlocks } from "../level3/tiles";
import { partStart } from "../team/part";
import { describe, ENTRY, HEADER, indexOf, SEGMENT, segmentAt, storeEntry } from "./segments";

/**
 * The part of `thread`: turns rows order[0 … rows) (or 0 … rows, where order is 0) of `columns` columns into compressed
 * rows at `target`, which begins with its header. Depth blocks of the rows are divided among the threads. Returns the address
 * behind the thread's last entry.
 */
export function transposeRows(source: usize, order: usize, rows: i32, columns: i32, target: usize, thread: i32, threads: i32): usize {
  const blocks = depthBlocks(columns);
  const first = partStart(blocks, 1, thread, threads);
  const last = partStart(blocks, 1, thread + 1, threads);
    const blockStep = (columns as usize) * SEGMENT;
  const segments = target + HEADER;
  if (thread == 0) describe(target, segments, SEGMENT, blockStep, columns);
  let entries = segments + (depthBlocks(rows) as usize) * blockStep;
  // Before this thread's entries stand those of the column blocks before its own.
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < first; block++) entries += lengthOf(segmentAt(source, rowAt(order, row), block));
  }
  const deepest = blockDepth(rows);
  for (let pc = 0, block = 0; pc < rows; pc += deepest, block++) {
    const depth = min(deepest, rows - pc);
    const table = segments + (block as usize) * blockStep;
    entries = turn(source, order, pc, depth, first, last, columns, table, entries);
  }
  return entries;
}

// One block of rows: counts each column's entries, gives every column its place, and puts the entries there.
function turn(source: usize, order: usize, firstRow: i32, rows: i32, first: i32, last: i32, columns: i32, table: usize, entries: usize): usize {
  const width = blockDepth(columns);
  const from = table + ((first * width) as usize) * SEGMENT;
  const to = table + (min(last * width, columns) as usize) * SEGMENT;
  if (from >= to) return entries;
  memory.fill(from, 0, to - from);
  for (let row = firstRow; row < firstRow + rows; row++) {
    for (let block = first; block < last; block++) {
      const segment = segmentAt(source, rowAt(order, row), block);
      const end = load<usize>(segment, SEGMENT / 2);
      const places = table + ((block * width) as usize) * SEGMENT;
      for (let entry = load<usize>(segment); entry < end; entry += ENTRY) {
        const place = places + indexOf(entry) * SEGMENT;
        store<usize>(place, load<usize>(place, SEGMENT / 2) + ENTRY, SEGMENT / 2);
      }
    }
  }
  // A column's end begins as its start and grows with its entries.
  for (let place = from; place < to; place += SEGMENT) {
    const size = load<usize>(place, SEGMENT / 2);
    store<usize>(place, entries);
    store<usize>(place, entries, SEGMENT / 2);
    entries += size;
  }
  for (let row = firstRow; row < firstRow + rows; row++) {
    const index = (row - firstRow) as usize;
    for (let block = first; block < last; block++) {
      const segment = segmentAt(source, rowAt(order, row), block);
      const end = load<usize>(segment, SEGMENT / 2);
      const places = table + ((block * width) as usize) * SEGMENT;
      for (let entry = load<usize>(segment); entry < end; entry += ENTRY) {
        const place = places + indexOf(entry) * SEGMENT;
        const at = load<usize>(place, SEGMENT / 2);
        storeEntry(at, index, load<f32>(entry, 4));
        store<usize>(place, at + ENTRY, SEGMENT / 2);
      }
    }
  }
  return entries;
}

// @ts-ignore: decorator
@inline
function rowAt(order: usize, row: i32): i32 {
  return order != 0 ? load<i32>(order + ((row as usize) << 2)) : row;
}

// @ts-ignore: decorator
@inline
function lengthOf(segment: usize): usize {
  return load<usize>(segment, SEGMENT / 2) - load<usize>(segment);
}
