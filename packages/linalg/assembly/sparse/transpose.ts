// Rows that were gathered from a compressed matrix, turned: what was a row becomes an index of k, so that a product with
// op(A) = Xᵀ finds the nonzeros of a column of X side by side. A counting sort; the entries of a column stay in the order
// of the rows.
import { blockDepth, depthBlocks } from "../level3/tiles";
import { describe, ENTRY, HEADER, indexOf, SEGMENT, segmentAt, storeEntry } from "./segments";

/**
 * Turns rows order[0 … rows) (or 0 … rows, where order is 0) of `columns` columns into compressed rows at `target`, which
 * begins with its header, block after block.
 */
export function transposeRows(source: usize, order: usize, rows: i32, columns: i32, target: usize): void {
  const deepest = blockDepth(rows);
  const blockStep = (columns as usize) * SEGMENT;
  const segments = target + HEADER;
  let entries = segments + (depthBlocks(rows) as usize) * blockStep;
  describe(target, segments, SEGMENT, blockStep, columns);
  for (let pc = 0, table = segments; pc < rows; pc += deepest, table += blockStep) {
    entries = turn(source, order, pc, min(deepest, rows - pc), columns, table, entries);
  }
}

// One block of rows: counts each column's entries, gives every column its place, and puts the entries there. Returns the
// address behind the last.
function turn(source: usize, order: usize, firstRow: i32, rows: i32, columns: i32, table: usize, entries: usize): usize {
  const end = table + (columns as usize) * SEGMENT;
  const blocks = depthBlocks(columns);
  const width = (blockDepth(columns) as usize) * SEGMENT;
  memory.fill(table, 0, end - table);
  for (let row = firstRow; row < firstRow + rows; row++) {
    for (let block = 0, places = table; block < blocks; block++, places += width) {
      const segment = segmentAt(source, rowAt(order, row), block);
      const last = load<usize>(segment, SEGMENT / 2);
      for (let entry = load<usize>(segment); entry < last; entry += ENTRY) {
        const place = places + indexOf(entry) * SEGMENT;
        store<usize>(place, load<usize>(place, SEGMENT / 2) + ENTRY, SEGMENT / 2);
      }
    }
  }
  // A column's end begins as its start and grows with its entries.
  for (let place = table; place < end; place += SEGMENT) {
    const size = load<usize>(place, SEGMENT / 2);
    store<usize>(place, entries);
    store<usize>(place, entries, SEGMENT / 2);
    entries += size;
  }
  for (let row = firstRow; row < firstRow + rows; row++) {
    const index = (row - firstRow) as usize;
    for (let block = 0, places = table; block < blocks; block++, places += width) {
      const segment = segmentAt(source, rowAt(order, row), block);
      const last = load<usize>(segment, SEGMENT / 2);
      for (let entry = load<usize>(segment); entry < last; entry += ENTRY) {
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
