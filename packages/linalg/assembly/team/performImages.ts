// One thread's part of what layers of images, normalisation and dropout do; the arguments are those of the kernels, as numbers.
import { conv2d, conv2dGradient } from "../images/conv2d";
import { placeImages, turnKernel } from "../images/place";
import { averagePool, averagePoolGradient, imageBytes, maxPool, maxPoolGradient, resultBytes, takeWindows } from "../images/pool";
import { advance, dropout, multiply } from "../nonlinear/dropout";
import * as norm from "../normalization/batchNorm";
import { addressAt, countAt, realAt } from "./arguments";
import { ARGUMENTS, EPILOGUE, JOB_BYTES } from "./job";
import * as operation from "./operations";
import { LINE, partStart } from "./part";

/** Does the part of `thread` of the job at `job`. */
export function performImages(op: i32, job: usize, thread: i32, threads: i32): void {
  const args = job + ARGUMENTS;
  if (op == operation.CONV2D) {
    const next = job + JOB_BYTES;
    return conv2d(args, next, next + (load<i32>(job, EPILOGUE) as usize) * JOB_BYTES, thread, threads);
  }
  if (op == operation.CONV2D_GRADIENT) return conv2dGradient(args, thread, threads);
  if (op >= operation.TURN_KERNEL) return performAlone(op, args);
  const all = countAt(args, 0);
  const unit = op <= operation.MULTIPLY ? LINE : 1;
  const first = partStart(all, unit, thread, threads);
  const size = partStart(all, unit, thread + 1, threads) - first;
  if (op <= operation.MULTIPLY) performElements(op, args, first, size);
  else if (op <= operation.AVERAGE_POOL_GRADIENT) performPools(op, args, first, size);
  else performRows(op, args, first, size);
}

function performElements(op: i32, args: usize, first: i32, size: i32): void {
  const offset = (first as usize) << 2;
  if (op == operation.MULTIPLY) return multiply(size, addressAt(args, 1) + offset, addressAt(args, 2) + offset, addressAt(args, 3) + offset);
  dropout(
    first, size, realAt(args, 1) as u32 as i32, realAt(args, 2) as u32 as i32, addressAt(args, 3), realAt(args, 4) as u32, realAt(args, 5) as f32,
    addressAt(args, 6) + offset, addressAt(args, 7) + offset, addressAt(args, 8) + offset,
  );
}

// Operations whose first argument counts images, and whose next eleven are the windows.
function performPools(op: i32, args: usize, first: i32, images: i32): void {
  takeWindows(args, 1);
  const x = (first as usize) * imageBytes, y = (first as usize) * resultBytes;
  switch (op) {
    case operation.MAX_POOL: return maxPool(images, addressAt(args, 12) + x, addressAt(args, 13) + y);
    case operation.AVERAGE_POOL: return averagePool(images, addressAt(args, 12) + x, addressAt(args, 13) + y);
    case operation.MAX_POOL_GRADIENT:
      return maxPoolGradient(images, addressAt(args, 12) + x, addressAt(args, 13) + y, addressAt(args, 14) + y, addressAt(args, 15) + x);
    case operation.AVERAGE_POOL_GRADIENT: return averagePoolGradient(images, addressAt(args, 12) + y, addressAt(args, 13) + x);
  }
}

// Operations whose first argument counts rows, images or blocks of rows.
function performRows(op: i32, args: usize, first: i32, rows: i32): void {
  const columns = countAt(args, 1);
  const skipped = (first as usize) * ((columns as usize) << 2);
  switch (op) {
    case operation.NORMALIZE:
      return norm.normalize(
        rows, columns, addressAt(args, 2) + skipped, addressAt(args, 3), addressAt(args, 4), addressAt(args, 5), addressAt(args, 6),
        addressAt(args, 7) + skipped,
      );
    case operation.NORMALIZE_GRADIENT:
      return norm.normalizeGradient(
        rows, columns, countAt(args, 0), addressAt(args, 2) + skipped, addressAt(args, 3) + skipped, addressAt(args, 4), addressAt(args, 5),
        addressAt(args, 6), addressAt(args, 7), addressAt(args, 8), addressAt(args, 9) + skipped,
      );
    case operation.BATCH_SUMS: return norm.batchSums(first, rows, columns, countAt(args, 2), addressAt(args, 3), addressAt(args, 4));
    case operation.BATCH_GRADIENT_SUMS:
      return norm.batchGradientSums(
        first, rows, columns, countAt(args, 2), addressAt(args, 3), addressAt(args, 4), addressAt(args, 5), addressAt(args, 6), addressAt(args, 7),
      );
    case operation.PLACE_IMAGES: {
      const height = countAt(args, 1), width = countAt(args, 2), channels = countAt(args, 3), yHeight = countAt(args, 8), yWidth = countAt(args, 9);
      const pixel = (channels as usize) << 2;
      return placeImages(
        rows, height, width, channels, countAt(args, 4), countAt(args, 5), countAt(args, 6), countAt(args, 7), yHeight, yWidth,
        addressAt(args, 10) + (first as usize) * ((height * width) as usize) * pixel,
        addressAt(args, 11) + (first as usize) * ((yHeight * yWidth) as usize) * pixel,
      );
    }
  }
}

function performAlone(op: i32, args: usize): void {
  switch (op) {
    case operation.TURN_KERNEL: return turnKernel(countAt(args, 0), countAt(args, 1), countAt(args, 2), addressAt(args, 3), addressAt(args, 4));
    case operation.BATCH_MOMENTS:
      return norm.batchMoments(
        countAt(args, 0), countAt(args, 1), addressAt(args, 2), addressAt(args, 3), addressAt(args, 4), addressAt(args, 5), addressAt(args, 6),
        realAt(args, 7), realAt(args, 8),
      );
    case operation.INVERSE_DEVIATION:
      return norm.inverseDeviation(countAt(args, 0), addressAt(args, 1), addressAt(args, 2), realAt(args, 3));
    case operation.BATCH_GRADIENTS:
      return norm.batchGradients(countAt(args, 0), countAt(args, 1), addressAt(args, 2), addressAt(args, 3), addressAt(args, 4));
    case operation.ADVANCE: return advance(addressAt(args, 0), realAt(args, 1));
  }
}
