// Kernels and pools as layers describe them, on samples [height × width × channels], with Keras's two ways of padding.
import type { WindowOptions } from "@downhill/linalg";
import { NnError } from "../NnError.ts";
import { type Shape, shapeText } from "../Shape.ts";

/** A size in both directions, or [height, width]. */
export type Size2d = number | readonly [height: number, width: number];

/** `valid`: windows lie within the image; `same`: as many windows as strides fit, zeros (or nothing) beyond the edges. */
export type Padding = "valid" | "same";

/** Windows as a layer's options give them. */
export interface WindowSizes {
  readonly window: Size2d;
  readonly strides: Size2d;
  readonly padding: Padding;
}

/** The windows on samples of shape `input`, and how many there are. */
export interface PlacedWindows extends Required<WindowOptions> {
  readonly outHeight: number;
  readonly outWidth: number;
}

/** Throws an NnError unless `size`, the layer's option of this name, is one or two whole numbers of at least 1. */
export function checkSize(layer: string, name: string, size: Size2d): void {
  const sizes = typeof size === "number" ? [size] : size;
  const isPair = typeof size === "number" || (Array.isArray(size) && size.length === 2);
  if (isPair && sizes.every((one) => Number.isSafeInteger(one) && one >= 1)) return;
  throw new NnError(`${layer}: ${name} is ${JSON.stringify(size)}; it must be a whole number of at least 1, or two: [height, width]`);
}

/** Throws an NnError unless `padding` is a way of padding. */
export function checkPadding(layer: string, padding: Padding): void {
  if (padding !== "valid" && padding !== "same")
    throw new NnError(`${layer}: padding is "${String(padding)}"; it must be "valid" or "same"`);
}

/** Where the windows lie. Throws an NnError if samples are no images, or smaller than a window that must lie within. */
export function placeWindows(what: string, { window, strides, padding }: WindowSizes, input: Shape): PlacedWindows {
  if (input.length !== 3) {
    throw new NnError(
      `${what} needs images [height, width, channels]; the samples that come in are [${input.join(", ")}]. In a config, set data.image`,
    );
  }
  const [height, width, channels] = input;
  const [windowHeight, windowWidth] = pair(window);
  const [strideY, strideX] = pair(strides);
  if (padding === "valid" && (windowHeight > height || windowWidth > width)) {
    throw new NnError(
      `${what} of ${windowHeight} × ${windowWidth} is larger than the images of ${shapeText(input)}; make it smaller, or pad with "same"`,
    );
  }
  const down = place(height, windowHeight, strideY, padding);
  const across = place(width, windowWidth, strideX, padding);
  return {
    height,
    width,
    channels,
    windowHeight,
    windowWidth,
    strideY,
    strideX,
    top: down.before,
    bottom: down.after,
    left: across.before,
    right: across.after,
    outHeight: down.count,
    outWidth: across.count,
  };
}

function pair(size: Size2d): readonly [number, number] {
  return typeof size === "number" ? [size, size] : size;
}

// As TensorFlow pads: the odd one comes after.
function place(size: number, window: number, stride: number, padding: Padding): { count: number; before: number; after: number } {
  if (padding === "valid") return { count: Math.floor((size - window) / stride) + 1, before: 0, after: 0 };
  const count = Math.ceil(size / stride);
  const missing = Math.max((count - 1) * stride + window - size, 0);
  const before = Math.floor(missing / 2);
  return { count, before, after: missing - before };
}
