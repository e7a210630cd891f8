// The kernels of convolutions, pools, normalisation and dropout as calls, with the memory that each thread touches, as
// assembly/team/performImages.ts divides it.
import type { Division } from "./kernels.ts";
import { type Call, cellAt, divided, type ImageOperation, type Operand, whole } from "./program/Call.ts";
import type { Pointer } from "./wasm.ts";
import type { Windows } from "./Windows.ts";

/** So many products take as long as one element of an elementwise call. */
const PRODUCTS_AN_ELEMENT = 8;
/** A random number is the work of so many additions. */
const DRAW = 4;

/** The kernels; every argument list is described beside the kernel in assembly/. */
export interface ImageKernels {
  conv2d(images: number, filters: number, windows: Windows, x: Pointer, w: Pointer, y: Pointer): void;
  conv2dGradient(images: number, filters: number, windows: Windows, x: Pointer, dy: Pointer, dw: Pointer): void;
  /** `numbers` are height, width, channels, top, left, stepY, stepX, and y's height and width. */
  placeImages(images: number, numbers: readonly number[], x: Pointer, y: Pointer): void;
  turnKernel(taps: number, channels: number, filters: number, x: Pointer, y: Pointer): void;
  maxPool(images: number, windows: Windows, x: Pointer, y: Pointer): void;
  averagePool(images: number, windows: Windows, x: Pointer, y: Pointer): void;
  maxPoolGradient(images: number, windows: Windows, x: Pointer, y: Pointer, dy: Pointer, dx: Pointer): void;
  averagePoolGradient(images: number, windows: Windows, dy: Pointer, dx: Pointer): void;
  /** `moments` are the mean, 1 / √(variance + ε), and the running mean and variance. */
  batchMoments(rows: number, columns: number, x: Pointer, moments: readonly Pointer[], numbers: readonly number[], sums: Pointer): void;
  inverseDeviation(columns: number, variance: Pointer, inverse: Pointer, epsilon: number): void;
  /** `rowsOf` are mean, inverse, γ and β. */
  normalize(rows: number, columns: number, x: Pointer, rowsOf: readonly Pointer[], y: Pointer): void;
  batchGradients(
    rows: number,
    columns: number,
    operands: readonly [x: Pointer, dy: Pointer, mean: Pointer, inverse: Pointer],
    gradients: readonly [dgamma: Pointer, dbeta: Pointer],
    sums: Pointer,
  ): void;
  /** `rowsOf` are mean, inverse, γ, dγ and dβ. */
  normalizeGradient(rows: number, columns: number, x: Pointer, dy: Pointer, rowsOf: readonly Pointer[], dx: Pointer): void;
  dropout(count: number, numbers: DropoutNumbers, position: Pointer, x: Pointer, y: Pointer, factors: Pointer): void;
  multiply(count: number, x: Pointer, y: Pointer, z: Pointer): void;
}

/** What a dropout is drawn by: see assembly/nonlinear/dropout.ts. */
export interface DropoutNumbers {
  readonly key: readonly [number, number];
  readonly threshold: number;
  readonly scale: number;
}

/** Bytes of the sums that a batch of `rows` needs. */
export function sumsBytes(rows: number, columns: number, { SUM_ROWS_EACH }: Division): number {
  return Math.ceil(rows / SUM_ROWS_EACH) * columns * 2 * 8;
}

/** The kernels as calls that `perform` does, or records. */
export function makeImageKernels(division: Division, perform: (call: Call) => void): ImageKernels {
  const { LINE, MR, SUM_ROWS_EACH, DRAWS_EACH } = division;
  const alone = (operation: ImageOperation, args: readonly number[], reads: readonly Operand[], writes: readonly Operand[]): void =>
    perform({ operation, args, work: 0, reads, writes });
  const geometry = (windows: Windows): number[] => {
    const { height, width, channels, windowHeight, windowWidth, strideY, strideX, top, left, outHeight, outWidth } = windows;
    return [height, width, channels, windowHeight, windowWidth, strideY, strideX, top, left, outHeight, outWidth];
  };
  // Matrices of a row for each image: of its own size, or of what its windows give.
  const pool =
    (operation: ImageOperation, reads: number, kinds: readonly ("image" | "result")[]) =>
    (images: number, windows: Windows, ...pointers: Pointer[]): void => {
      const widths = { image: windows.imageSize, result: windows.count * windows.channels };
      const operands = pointers.map((pointer, index) => divided(pointer, images, widths[kinds[index]], 1));
      perform({
        operation,
        args: [images, ...geometry(windows), ...pointers],
        work: images * windows.count * windows.patchSize,
        reads: operands.slice(0, reads),
        writes: operands.slice(reads),
      });
    };
  const patchArgs = (windows: Windows): number[] => {
    const { rows, columns, group } = windows.tables;
    return [rows, columns, windows.count, windows.imageSize, group];
  };
  const sums = (
    operation: "BATCH_SUMS" | "BATCH_GRADIENT_SUMS",
    rows: number,
    columns: number,
    pointers: readonly Pointer[],
    to: Pointer,
  ) => {
    const blocks = Math.ceil(rows / SUM_ROWS_EACH);
    const [x, dy, ...rest] = pointers;
    perform({
      operation,
      args: [blocks, columns, rows, ...pointers, to],
      work: rows * columns * 2,
      reads: [
        ...[x, dy].filter((pointer) => pointer !== undefined).map((start) => whole(start, rows * columns)),
        ...rest.map((row) => whole(row, columns)),
      ],
      writes: [divided(to, blocks, columns * 4, 1)],
    });
    return whole(to, blocks * columns * 4);
  };
  return {
    conv2d(images, filters, windows, x, w, y) {
      const [m, k] = [images * windows.count, windows.patchSize];
      perform({
        operation: "CONV2D",
        args: [m, filters, k, 1, x, 0, 0, w, filters, 1, 0, y, filters, ...patchArgs(windows)],
        work: (m * filters * k) / PRODUCTS_AN_ELEMENT,
        reads: [whole(x, images * windows.imageSize), whole(w, k * filters)],
        writes: [divided(y, m, filters, MR)],
      });
    },
    conv2dGradient(images, filters, windows, x, dy, dw) {
      const [m, k] = [windows.patchSize, images * windows.count];
      perform({
        operation: "CONV2D_GRADIENT",
        args: [m, filters, k, 1, x, 0, 0, dy, filters, 1, 0, dw, filters, ...patchArgs(windows)],
        work: (m * filters * k) / PRODUCTS_AN_ELEMENT,
        reads: [whole(x, images * windows.imageSize), whole(dy, k * filters)],
        writes: [whole(dw, m * filters)],
      });
    },
    placeImages(images, numbers, x, y) {
      const [height, width, channels, , , , , yHeight, yWidth] = numbers;
      perform({
        operation: "PLACE_IMAGES",
        args: [images, ...numbers, x, y],
        work: images * height * width * channels,
        reads: [divided(x, images, height * width * channels, 1)],
        writes: [divided(y, images, yHeight * yWidth * channels, 1)],
      });
    },
    turnKernel(taps, channels, filters, x, y) {
      const size = taps * channels * filters;
      alone("TURN_KERNEL", [taps, channels, filters, x, y], [whole(x, size)], [whole(y, size)]);
    },
    maxPool: pool("MAX_POOL", 1, ["image", "result"]),
    averagePool: pool("AVERAGE_POOL", 1, ["image", "result"]),
    maxPoolGradient: pool("MAX_POOL_GRADIENT", 3, ["image", "result", "result", "image"]),
    averagePoolGradient: pool("AVERAGE_POOL_GRADIENT", 1, ["result", "image"]),
    batchMoments(rows, columns, x, moments, numbers, to) {
      const found = sums("BATCH_SUMS", rows, columns, [x], to);
      const results = moments.map((start) => whole(start, columns));
      alone("BATCH_MOMENTS", [columns, rows, to, ...moments, ...numbers], [found, ...results.slice(2)], results);
    },
    inverseDeviation: (columns, variance, inverse, epsilon) =>
      alone("INVERSE_DEVIATION", [columns, variance, inverse, epsilon], [whole(variance, columns)], [whole(inverse, columns)]),
    normalize(rows, columns, x, rowsOf, y) {
      perform({
        operation: "NORMALIZE",
        args: [rows, columns, x, ...rowsOf, y],
        work: rows * columns,
        reads: [divided(x, rows, columns, 1), ...rowsOf.map((start) => whole(start, columns))],
        writes: [divided(y, rows, columns, 1)],
      });
    },
    batchGradients(rows, columns, operands, gradients, to) {
      const found = sums("BATCH_GRADIENT_SUMS", rows, columns, operands, to);
      const results = gradients.map((start) => whole(start, columns));
      alone("BATCH_GRADIENTS", [columns, rows, to, ...gradients], [found], results);
    },
    normalizeGradient(rows, columns, x, dy, rowsOf, dx) {
      perform({
        operation: "NORMALIZE_GRADIENT",
        args: [rows, columns, x, dy, ...rowsOf, dx],
        work: rows * columns,
        reads: [divided(x, rows, columns, 1), divided(dy, rows, columns, 1), ...rowsOf.map((start) => whole(start, columns))],
        writes: [divided(dx, rows, columns, 1)],
      });
    },
    dropout(count, { key, threshold, scale }, position, x, y, factors) {
      perform({
        operation: "DROPOUT",
        args: [count, ...key, position, threshold, scale, x, y, factors],
        work: count * DRAW,
        reads: [cellAt(position), divided(x, count, 1, LINE)],
        writes: [divided(y, count, 1, LINE), divided(factors, count, 1, LINE)],
      });
      const amount = Math.ceil(count / DRAWS_EACH) * DRAWS_EACH;
      alone("ADVANCE", [position, amount], [cellAt(position)], [cellAt(position)]);
    },
    multiply(count, x, y, z) {
      const [left, right, product] = [x, y, z].map((pointer) => divided(pointer, count, 1, LINE));
      perform({ operation: "MULTIPLY", args: [count, x, y, z], work: count, reads: [left, right], writes: [product] });
    },
  };
}
