// Convolutions and pools of images that are rows of a matrix, `[images × height·width·channels]`, channels last.
import type { Backend } from "./Backend.ts";
import { checkApart, checkOperands } from "./checks.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Matrix } from "./Matrix.ts";
import { checkCount, checkOptions, shown } from "./values.ts";
import { Windows } from "./Windows.ts";

/**
 * y = the convolution (as networks say it: the cross-correlation) of the images x with the filters w `[patch size × filters]`;
 * y is `[images × windows · filters]`. Throws a LinalgError unless the windows lie within the images and the shapes fit.
 */
export function conv2d(x: Matrix, w: Matrix, windows: Windows, y: Matrix): void {
  const { kernels } = checkConvolution("conv2d", windows, { x, w, y });
  checkApart("conv2d", { y }, { x, w });
  kernels.conv2d(x.rows, w.columns, windows, x.pointer, w.pointer, y.pointer);
}

/** dw = ∂cost/∂w, from dy = ∂cost/∂y, with the shapes of {@link conv2d}. Throws a LinalgError as that does. */
export function conv2dGradient(x: Matrix, dy: Matrix, windows: Windows, dw: Matrix): void {
  const { kernels } = checkConvolution("conv2dGradient", windows, { x, w: dw, y: dy });
  checkApart("conv2dGradient", { dw }, { x, dy });
  kernels.conv2dGradient(x.rows, dw.columns, windows, x.pointer, dy.pointer, dw.pointer);
}

/** Where {@link placeImages} puts the pixels of images `[height × width × channels]`. */
export interface Placement {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Height and width of the images they are put on. */
  readonly toHeight: number;
  readonly toWidth: number;
  /** Where the first pixel comes. */
  readonly top: number;
  readonly left: number;
  /** From a line to the next one, and from a pixel to the next one. */
  readonly stepY: number;
  readonly stepX: number;
}

/**
 * Writes the pixels of the images x on the larger images y and leaves what lies between them as it is: padding, where y was
 * made of zeros. Throws a LinalgError if they don't fit.
 */
export function placeImages(x: Matrix, y: Matrix, placement: Placement): void {
  const { kernels } = checkOperands("placeImages", { matrices: { x, y } });
  checkOptions("placeImages: placement", placement);
  const { height, width, channels, toHeight, toWidth, top, left, stepY, stepX } = placement;
  const numbers = { height, width, channels, top, left, stepY, stepX, toHeight, toWidth };
  for (const [name, value] of Object.entries(numbers)) checkCount(`placeImages: ${name}`, value);
  if (Math.min(height, width, channels, stepY, stepX) < 1) throw new LinalgError("placeImages: sizes and steps must be at least 1");
  if (top + (height - 1) * stepY >= toHeight || left + (width - 1) * stepX >= toWidth) {
    throw new LinalgError(`placeImages: ${height} × ${width} pixels from (${top}, ${left}) on reach beyond ${toHeight} × ${toWidth}`);
  }
  if (x.columns !== height * width * channels || y.columns !== toHeight * toWidth * channels || x.rows !== y.rows) {
    throw new LinalgError(`placeImages: x is ${x} and y is ${y}; they must hold as many images of the sizes that were given`);
  }
  checkApart("placeImages", { y }, { x });
  kernels.placeImages(x.rows, Object.values(numbers), x.pointer, y.pointer);
}

/**
 * The filters w `[taps · channels × filters]` of a convolution as the filters y `[taps · filters × channels]` of the one that
 * gives its gradient by the input: turned by half a turn, channels and filters exchanged. Throws a LinalgError on other shapes.
 */
export function turnKernel(w: Matrix, taps: number, y: Matrix): void {
  const { kernels } = checkOperands("turnKernel", { matrices: { w, y } });
  checkCount("turnKernel: taps", taps);
  const channels = w.rows / taps;
  if (!Number.isInteger(channels) || y.rows !== taps * w.columns || y.columns !== channels) {
    throw new LinalgError(`turnKernel: w is ${w} and y is ${y} for ${taps} taps; give w taps · channels rows and y taps · filters rows`);
  }
  checkApart("turnKernel", { y }, { w });
  kernels.turnKernel(taps, channels, w.columns, w.pointer, y.pointer);
}

/** y = the greatest number of each window, by channel: `[images × windows · channels]`. Throws a LinalgError on other shapes. */
export function maxPool(x: Matrix, windows: Windows, y: Matrix): void {
  pool("maxPool", windows, x, y);
}

/** y = the mean of each window's pixels, by channel; padding is no pixel. Throws a LinalgError on other shapes. */
export function averagePool(x: Matrix, windows: Windows, y: Matrix): void {
  pool("averagePool", windows, x, y);
}

/** dx = dy where x was a window's greatest, the first of equals; y is the output of {@link maxPool}. Throws a LinalgError on other shapes. */
export function maxPoolGradient(x: Matrix, y: Matrix, dy: Matrix, windows: Windows, dx: Matrix): void {
  const { kernels } = checkOperands("maxPoolGradient", { matrices: { x, y, dy, dx } });
  checkPool("maxPoolGradient", windows, x, y);
  checkPool("maxPoolGradient", windows, dx, dy);
  checkImages("maxPoolGradient", x.rows, dx.rows);
  checkApart("maxPoolGradient", { dx }, { x, y, dy });
  kernels.maxPoolGradient(x.rows, windows, x.pointer, y.pointer, dy.pointer, dx.pointer);
}

/** dx = the shares of dy, each divided evenly among its window's pixels. Throws a LinalgError on other shapes. */
export function averagePoolGradient(dy: Matrix, windows: Windows, dx: Matrix): void {
  const { kernels } = checkOperands("averagePoolGradient", { matrices: { dy, dx } });
  checkPool("averagePoolGradient", windows, dx, dy);
  checkApart("averagePoolGradient", { dx }, { dy });
  kernels.averagePoolGradient(dy.rows, windows, dy.pointer, dx.pointer);
}

function pool(operation: "maxPool" | "averagePool", windows: Windows, x: Matrix, y: Matrix): void {
  const { kernels } = checkOperands(operation, { matrices: { x, y } });
  checkPool(operation, windows, x, y);
  checkApart(operation, { y }, { x });
  kernels[operation](x.rows, windows, x.pointer, y.pointer);
}

function checkConvolution(operation: string, windows: Windows, { x, w, y }: Readonly<Record<"x" | "w" | "y", Matrix>>): Backend {
  const backend = checkOperands(operation, { matrices: { x, w, y } });
  checkWindows(operation, windows, x);
  if (!windows.inside) throw new LinalgError(`${operation}: windows reach beyond the edges; place the images on larger ones first`);
  if (x.columns !== windows.imageSize || w.rows !== windows.patchSize || y.rows !== x.rows || y.columns !== windows.count * w.columns) {
    const [image, patch] = [windows.imageSize, windows.patchSize];
    throw new LinalgError(
      `${operation}: images are ${x}, filters ${w}, results ${y}; for these windows they must be images × ${image}, ${patch} × filters, images × ${windows.count} · filters`,
    );
  }
  return backend;
}

function checkPool(operation: string, windows: Windows, images: Matrix, results: Matrix): void {
  checkWindows(operation, windows, images);
  const width = windows.count * windows.channels;
  if (images.columns !== windows.imageSize || results.columns !== width || images.rows !== results.rows) {
    throw new LinalgError(
      `${operation}: images are ${images}, results ${results}; for these windows they must be images × ${windows.imageSize} and images × ${width}`,
    );
  }
}

function checkImages(operation: string, images: number, others: number): void {
  if (images !== others) throw new LinalgError(`${operation}: there are ${images} images and ${others} gradients; give one for each`);
}

function checkWindows(operation: string, windows: unknown, { linalg }: Matrix): void {
  if (!(windows instanceof Windows)) throw new LinalgError(`${operation}: windows is ${shown(windows)}; it must be Windows`);
  if (windows.linalg !== linalg)
    throw new LinalgError(`${operation}: windows lives in another memory than the images; make both with the same createLinalg()`);
}
