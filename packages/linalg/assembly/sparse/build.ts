// A matrix that never changes is compressed once, when it is made.
import { depthBlocks } from "../level3/tiles";
import { compressRows } from "./compress";
import { describe, ENTRY, HEADER, SEGMENT } from "./segments";
import { transposeRows } from "./transpose";

/** Bytes, in whole cache lines, of compressed rows [rows × columns] with `nonzeros` entries, as buildCompressed and buildTransposed make them. */
export function compressedBytes(rows: i32, columns: i32, nonzeros: f64): f64 {
  const blocks = depthBlocks(columns) as usize;
  // The last element of a row is written before it is known whether it is kept.
  const bytes = (HEADER as f64) + (rows as f64) * (blocks as f64) * (SEGMENT as f64) + (nonzeros + 1) * (ENTRY as f64);
  return ceil(bytes / 64) * 64;
}

/** Compresses X [rows × columns] at `x` to `target`, row after row. */
export function buildCompressed(rows: i32, columns: i32, x: usize, target: usize): void {
  const rowStep = (depthBlocks(columns) as usize) * SEGMENT;
  const segments = target + HEADER;
  describe(target, segments, rowStep, SEGMENT, rows);
  compressRows(target, 0, rows, columns, x, (columns as usize) << 2, 4, segments + (rows as usize) * rowStep);
}

/** Turns compressed rows [rows × columns] into the compressed rows of the transpose, block after block. */
export function buildTransposed(rows: i32, columns: i32, compressed: usize, target: usize): void {
  transposeRows(compressed, 0, rows, columns, target);
}
