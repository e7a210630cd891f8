// Compressed rows: the nonzeros of a row r in the depth block q are one segment of entries, in the order of k.
// A header says where segments are found, whatever their order in memory:
//   segment(r, q) at segments + r · rowStep + q · blockStep, two addresses: its first entry, and behind its last.
// An entry is (u16 offset, u16 index, f32 value), index = k − the block's first k, offset = PANEL_ROW · index: where its row
// of a packed panel of B begins.

/** Bytes of an entry. */
export const ENTRY: usize = 8;
/** Bytes of a segment's two addresses. */
export const SEGMENT: usize = 8;
/** Bytes of a row of a packed panel: 40 columns, of which fewer may be used. KC rows of it fit 16 bits. */
export const PANEL_ROW: usize = 160;

// The header: u32 each.
/** Address of the segments. */
export const SEGMENTS: usize = 0;
/** Bytes from a row's segment to the next row's. */
export const ROW_STEP: usize = 4;
/** Bytes from a block's segment to the next block's. */
export const BLOCK_STEP: usize = 8;
/** Rows that are compressed. */
export const ROWS: usize = 12;
/** Bytes of the header. */
export const HEADER: usize = 64;

/** Writes a header. */
export function describe(header: usize, segments: usize, rowStep: usize, blockStep: usize, rows: i32): void {
  store<usize>(header, segments, SEGMENTS);
  store<usize>(header, rowStep, ROW_STEP);
  store<usize>(header, blockStep, BLOCK_STEP);
  store<i32>(header, rows, ROWS);
}

/** The address of segment (row, block). */
// @ts-ignore: decorator
@inline
export function segmentAt(header: usize, row: i32, block: i32): usize {
  return load<usize>(header, SEGMENTS) + (row as usize) * load<usize>(header, ROW_STEP) + (block as usize) * load<usize>(header, BLOCK_STEP);
}

/** Writes an entry. */
// @ts-ignore: decorator
@inline
export function storeEntry(entry: usize, index: usize, value: f32): void {
  store<u32>(entry, (index * PANEL_ROW + (index << 16)) as u32);
  store<f32>(entry, value, 4);
}

/** An entry's index. */
// @ts-ignore: decorator
@inline
export function indexOf(entry: usize): usize {
  return load<u16>(entry, 2) as usize;
}
