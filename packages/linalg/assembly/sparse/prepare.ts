// Whether a product leaves out the zeros of op(A), and what it needs for that. All threads come to the same answer.
import { a, aColumn, aRow, b, bColumn, bRow, compressed, gatheredColumns, k, m, n, order, scratch, scratchStep } from "../level3/product";
import { depthBlocks } from "../level3/tiles";
import { barrier } from "../team/barrier";
import { COUNTS, MOST_THREADS } from "../team/control";
import { raiseFault } from "../team/fault";
import { partStart } from "../team/part";
import { edgeTile } from "../workspace";
import { compressRows, countNonzeros } from "./compress";
import { allFinite } from "./panel";
import { describe, ENTRY, HEADER, ROWS, SEGMENT, segmentAt } from "./segments";
import { transposeRows } from "./transpose";

/** Fewer columns of C than this hardly repay the nonzeros' bookkeeping. */
export const FEWEST_COLUMNS: i32 = 32;

/** For fewer rows of C than this, B is read where it stands: packing would cost about what it saves. */
export const PACKED_ROWS: i32 = 32;

/** Whether B has been found finite; else each part looks at what it reads. */
export let finite: bool = false;
/** The compressed rows that the product goes over, and which of them: see product.order. */
export let rows: usize = 0;
export let rowOrder: usize = 0;

/** Marks the count of a thread that has met ∞ or NaN; a product that is counted has fewer elements. */
const NOT_FINITE: i32 = 1 << 30;

// Two sets of counts take turns: none is written again before every thread has read it.
let turn: usize = 0;

/**
 * Whether op(A) is sparse: known for a matrix that was compressed once; otherwise a rule on shape and content alone, at
 * most half nonzeros, never on the machine. Prepares `rows` and `rowOrder`.
 */
export function prepareSparse(thread: i32, threads: i32): bool {
  finite = false;
  if (compressed != 0) return prepareCompressed(thread, threads);
  if (scratch == 0 || n < FEWEST_COLUMNS) return false;
  if (countTogether(thread, threads) > (m * k) >> 1) return false;
  const blockCount = depthBlocks(k) as usize;
  const segments = scratch + HEADER;
  const rowStep = blockCount * SEGMENT;
  const first = partStart(m, 1, thread, threads);
  const count = partStart(m, 1, thread + 1, threads) - first;
  // Each row has room for all of its elements.
  const entries = segments + (m as usize) * rowStep + (first as usize) * (k as usize) * ENTRY;
  describe(scratch, segments, rowStep, SEGMENT, m);
  compressRows(scratch, first, count, k, a + (first as usize) * aRow, aRow, aColumn, entries);
  barrier(threads);
  rows = scratch;
  rowOrder = 0;
  return true;
}

// Gathered rows are turned by every thread for itself: to fetch them from another core's cache would take longer. Where the room
// is not for each, the first one turns them for all.
function prepareCompressed(thread: i32, threads: i32): bool {
  rows = compressed;
  rowOrder = order;
  if (order != 0 && !inBounds(gatheredColumns ? k : m)) return false;
  if (!gatheredColumns) {
    if (order != 0) touchRows();
    return true;
  }
  rows = scratch + (thread as usize) * scratchStep;
  if (scratchStep != 0 || thread == 0) transposeRows(compressed, order, k, m, rows);
  if (scratchStep == 0) barrier(threads);
  rowOrder = 0;
  return true;
}

// Gathered rows come from anywhere in memory: asked for all at a time, they arrive together instead of one after the other.
function touchRows(): void {
  const last = depthBlocks(k) - 1;
  let touched = 0;
  for (let i = 0; i < m; i++) {
    const row = load<i32>(order + ((i as usize) << 2));
    const end = load<usize>(segmentAt(compressed, row, last), SEGMENT / 2);
    for (let line = load<usize>(segmentAt(compressed, row, 0)); line < end; line += 64) touched |= load<i32>(line);
  }
  store<i32>(edgeTile, touched);
}

// A row number beyond the compressed rows would read anything.
function inBounds(count: i32): bool {
  const bound = load<u32>(compressed, ROWS);
  for (let i = 0; i < count; i++) {
    if (load<u32>(order + ((i as usize) << 2)) < bound) continue;
    raiseFault();
    return false;
  }
  return true;
}

// The nonzeros of op(A); and whether B is finite, where it is to be read as it stands: whole rows of it, each thread its own.
function countTogether(thread: i32, threads: i32): i32 {
  const first = partStart(m * k, 4, thread, threads);
  const own = countNonzeros(partStart(m * k, 4, thread + 1, threads) - first, a + ((first as usize) << 2));
  const whole = finiteRows(thread, threads);
  if (threads == 1) {
    finite = whole;
    return own;
  }
  turn = (MOST_THREADS as usize) * 4 - turn;
  const counts = COUNTS + turn;
  store<i32>(counts + ((thread as usize) << 2), whole ? own : own | NOT_FINITE);
  barrier(threads);
  let total = 0, flags = 0;
  for (let other = 0; other < threads; other++) {
    const found = load<i32>(counts + ((other as usize) << 2));
    total += found & ~NOT_FINITE;
    flags |= found;
  }
  finite = (flags & NOT_FINITE) == 0;
  return total;
}

function finiteRows(thread: i32, threads: i32): bool {
  if (m >= PACKED_ROWS || bColumn != 4 || (n & 7) != 0) return false;
  const first = partStart(k, 1, thread, threads);
  return allFinite(partStart(k, 1, thread + 1, threads) - first, n, b + (first as usize) * bRow, bRow);
}
