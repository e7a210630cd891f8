// Convolution as a product with the patches of images: row i of P(x) is the window at output pixel i, flattened as [kernel row,
// kernel column, channel]. P(x) is never written out: its element (i, p) is at
//   x + image of i · imageBytes + rowOffsets[pixel of i] + columnOffsets[p],
// so the tiles read images where they stand. Padding has been written into the images before.
import { NC, blockDepth, MC, MR } from "../level3/tiles";
import { a, b, bRow, c, cRow, k, m, n, takeEpilogue, takeProduct } from "../level3/product";
import { packSliver } from "../level3/pack";
import { storeEdge } from "../level3/storeEdge";
import { addressAt, countAt } from "../team/arguments";
import { WIDE } from "../team/control";
import { finishBlock } from "../team/finishBlock";
import { partStart } from "../team/part";
import { edgeTile, packedB } from "../workspace";
import { patchKernel4x16, patchKernel4x8 } from "./patchKernels";

/** A packed sliver of B is [depth][16]. */
const SLIVER: i32 = 16;
const SLIVER_BYTES: usize = 64;
/** The widest tile where no 256-bit operations are made. */
const NARROW: i32 = 8;

let rowOffsets: usize = 0;
let columnOffsets: usize = 0;
/** Windows of an image. */
let pixels: i32 = 0;
let imageBytes: usize = 0;
/** Images that rowOffsets reaches over. */
let group: i32 = 0;

// A product's arguments, and after them those of its patches.
function takePatches(args: usize): void {
  takeProduct(args);
  rowOffsets = addressAt(args, 13);
  columnOffsets = addressAt(args, 14);
  pixels = countAt(args, 15);
  imageBytes = addressAt(args, 16) << 2;
  group = countAt(args, 17);
}

/** The part of `thread` of C [m × n] = P(x) · B, by rows, with the epilogue from `next` to `end`; x is at `a`. */
export function conv2d(args: usize, next: usize, end: usize, thread: i32, threads: i32): void {
  takePatches(args);
  takeEpilogue(next, end);
  const first = partStart(m, MR, thread, threads);
  const last = partStart(m, MR, thread + 1, threads);
  if (first == last) return;
  const deepest = blockDepth(k);
  for (let column = 0; column < n; column += NC) {
    const width = min(NC, n - column);
    for (let pc = 0; pc < k; pc += deepest) {
      const depth = min(deepest, k - pc);
      pack(pc, depth, column, width);
      for (let row = first; row < last; row += MC) {
        const height = min(MC, last - row);
        patchRows(row, height, pc, depth, column, width);
        if (pc + depth == k) finishBlock(row, height, column, width);
      }
    }
  }
}

/** The part of `thread` of C [m × n] = P(x)ᵀ · B, by tiles; sums run over blocks of whole images, at most KC pixels deep. */
export function conv2dGradient(args: usize, thread: i32, threads: i32): void {
  takePatches(args);
  const unit = load<i32>(WIDE) != 0 ? SLIVER : NARROW;
  for (let column = 0; column < n; column += NC) {
    const width = min(NC, n - column);
    const across = (width + unit - 1) / unit;
    const tiles = ((m + MR - 1) / MR) * across;
    const first = partStart(tiles, 1, thread, threads);
    const last = partStart(tiles, 1, thread + 1, threads);
    // No images, no gradient.
    if (k == 0) memory.fill(c, 0, thread == 0 ? ((m * n) as usize) << 2 : 0);
    for (let start = 0, image = a; start < k && first < last; start += group * pixels, image += (group as usize) * imageBytes) {
      const rows = min(group * pixels, k - start);
      const deepest = blockDepth(rows);
      for (let pc = 0; pc < rows; pc += deepest) {
        const depth = min(deepest, rows - pc);
        // Rows of whole vectors are read where they stand.
        const inPlace = (n & (NARROW - 1)) == 0;
        if (!inPlace) pack(start + pc, depth, column, width);
        for (let tile = first; tile < last; tile++) {
          const p = (tile / across) * MR;
          const j = (tile % across) * unit;
          const height = min(MR, m - p);
          const at = columnOffsets + ((p as usize) << 2);
          const r0 = image + (load<u32>(at) as usize);
          const r1 = height > 1 ? image + (load<u32>(at, 4) as usize) : r0;
          const r2 = height > 2 ? image + (load<u32>(at, 8) as usize) : r0;
          const r3 = height > 3 ? image + (load<u32>(at, 12) as usize) : r0;
          const from = inPlace ? b + ((start + pc) as usize) * bRow + (((column + j) as usize) << 2) : sliverAt(j, depth);
          const target = c + (p as usize) * cRow + (((column + j) as usize) << 2);
          const factor: f32 = start + pc == 0 ? 0 : 1;
          tileRow(
            min(unit, width - j), height, depth, r0, r1, r2, r3, rowOffsets + ((pc as usize) << 2),
            from, inPlace ? bRow : SLIVER_BYTES, factor, target,
          );
        }
      }
    }
  }
}

// Rows `pc` and on of B, `depth` of them, as slivers.
function pack(pc: i32, depth: i32, column: i32, width: i32): void {
  const panel = b + (pc as usize) * bRow + ((column as usize) << 2);
  for (let j = 0; j < width; j += SLIVER) {
    packSliver(panel + ((j as usize) << 2), 4, bRow, min(SLIVER, width - j), SLIVER, depth, sliverAt(j, depth));
  }
}

// Where column j of the packed panel begins; j is a multiple of 8.
function sliverAt(j: i32, depth: i32): usize {
  return packedB + ((j / SLIVER) as usize) * SLIVER_BYTES * (depth as usize) + (((j % SLIVER) as usize) << 2);
}

function patchRows(row: i32, height: i32, pc: i32, depth: i32, column: i32, width: i32): void {
  const offsets = columnOffsets + ((pc as usize) << 2);
  const factor: f32 = pc == 0 ? 0 : 1;
  let image = a + ((row / pixels) as usize) * imageBytes;
  let pixel = row % pixels;
  let target = c + (row as usize) * cRow + ((column as usize) << 2);
  for (let i = 0; i < height; i += MR, target += (MR as usize) * cRow) {
    const rows = min(MR, height - i);
    let r0: usize, r1: usize, r2: usize, r3: usize;
    if (rows == MR && pixel + MR <= pixels) {
      const at = rowOffsets + ((pixel as usize) << 2);
      r0 = image + (load<u32>(at) as usize);
      r1 = image + (load<u32>(at, 4) as usize);
      r2 = image + (load<u32>(at, 8) as usize);
      r3 = image + (load<u32>(at, 12) as usize);
    } else {
      r0 = patchAt(row + i);
      r1 = rows > 1 ? patchAt(row + i + 1) : r0;
      r2 = rows > 2 ? patchAt(row + i + 2) : r0;
      r3 = rows > 3 ? patchAt(row + i + 3) : r0;
    }
    for (pixel += MR; pixel >= pixels; pixel -= pixels) image += imageBytes;
    for (let j = 0; j < width; j += SLIVER) {
      tileRow(
        min(SLIVER, width - j), rows, depth, r0, r1, r2, r3, offsets, sliverAt(j, depth), SLIVER_BYTES, factor,
        target + ((j as usize) << 2),
      );
    }
  }
}

function patchAt(row: i32): usize {
  return a + ((row / pixels) as usize) * imageBytes + (load<u32>(rowOffsets + (((row % pixels) as usize) << 2)) as usize);
}

// Up to 16 columns of four rows of C, or of fewer: those are computed beside it.
function tileRow(
  columns: i32, rows: i32, depth: i32, r0: usize, r1: usize, r2: usize, r3: usize, offsets: usize, from: usize, bStep: usize, factor: f32,
  target: usize,
): void {
  if (columns == SLIVER && rows == MR && load<i32>(WIDE) != 0) {
    return patchKernel4x16(depth, r0, r1, r2, r3, offsets, from, bStep, factor, target, cRow);
  }
  for (let j = 0; j < columns; j += NARROW, from += 32, target += 32) {
    const width = min(NARROW, columns - j);
    if (width == NARROW && rows == MR) patchKernel4x8(depth, r0, r1, r2, r3, offsets, from, bStep, factor, target, cRow);
    else {
      patchKernel4x8(depth, r0, r1, r2, r3, offsets, from, bStep, 0, edgeTile, SLIVER_BYTES);
      storeEdge(edgeTile, SLIVER_BYTES, rows, width, 1, factor, target, cRow);
    }
  }
}
