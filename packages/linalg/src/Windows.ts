// Where windows lie on images [height × width × channels], channels last: the geometry of convolutions and pools.
import type { Linalg } from "./Linalg.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Pointer } from "./wasm.ts";
import { checkCount, checkOptions, shown } from "./values.ts";

/** Images and the windows on them, in pixels. */
export interface WindowOptions {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly windowHeight: number;
  readonly windowWidth: number;
  /** From a window to the next one below, 1 by default. */
  readonly strideY?: number;
  /** From a window to the next one on its right, 1 by default. */
  readonly strideX?: number;
  /** Lines that windows may reach beyond an edge, fewer than a window has; 0 by default. */
  readonly top?: number;
  readonly bottom?: number;
  readonly left?: number;
  readonly right?: number;
}

/** Patch products take the gradient of so many pixels at a time, of several images where one has fewer. */
const PIXELS_TOGETHER = 256;

const SIZES = ["height", "width", "channels", "windowHeight", "windowWidth", "strideY", "strideX"] as const;
const EDGES = ["top", "bottom", "left", "right"] as const;

/** The windows of an image, line by line. Throws a LinalgError unless every size is at least 1 and each window holds a pixel. */
export class Windows {
  readonly linalg: Linalg;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly windowHeight: number;
  readonly windowWidth: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly top: number;
  readonly left: number;
  /** Windows one below another, and side by side. */
  readonly outHeight: number;
  readonly outWidth: number;
  /** Whether no window reaches beyond an edge. */
  readonly inside: boolean;
  /** Numbers of an image, and of a window. */
  readonly imageSize: number;
  readonly patchSize: number;
  /** How many windows an image has. */
  readonly count: number;
  readonly #tables: { rows: Pointer; columns: Pointer; readonly group: number };

  constructor(linalg: Linalg, options: WindowOptions) {
    checkOptions("Windows: options", options);
    const given = { strideY: 1, strideX: 1, top: 0, bottom: 0, left: 0, right: 0, ...options };
    for (const name of [...SIZES, ...EDGES]) checkCount(`Windows: ${name}`, given[name]);
    for (const name of SIZES)
      if (given[name] < 1) throw new LinalgError(`Windows: ${name} is ${shown(given[name])}; it must be at least 1`);
    const { height, width, channels, windowHeight, windowWidth, strideY, strideX, top, bottom, left, right } = given;
    if (Math.max(top, bottom) >= windowHeight || Math.max(left, right) >= windowWidth)
      throw new LinalgError("Windows: a window may reach beyond an edge by less than its own size only");
    if (height + top + bottom < windowHeight || width + left + right < windowWidth) {
      throw new LinalgError(`Windows: windows of ${windowHeight} × ${windowWidth} are larger than images of ${height} × ${width}`);
    }
    checkCount("Windows: numbers of an image", height * width * channels);
    checkCount("Windows: numbers of a window", windowHeight * windowWidth * channels);
    this.linalg = linalg;
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.windowHeight = windowHeight;
    this.windowWidth = windowWidth;
    this.strideY = strideY;
    this.strideX = strideX;
    this.top = top;
    this.left = left;
    this.outHeight = Math.floor((height + top + bottom - windowHeight) / strideY) + 1;
    this.outWidth = Math.floor((width + left + right - windowWidth) / strideX) + 1;
    this.inside = top + bottom + left + right === 0;
    this.imageSize = height * width * channels;
    this.patchSize = windowHeight * windowWidth * channels;
    this.count = this.outHeight * this.outWidth;
    this.#tables = { rows: 0, columns: 0, group: Math.ceil(PIXELS_TOGETHER / this.count) };
    if (this.inside) this.#writeTables();
    Object.freeze(this);
  }

  /** `value instanceof Windows`: whether the package made it. */
  static [Symbol.hasInstance](value: unknown): value is Windows {
    return typeof value === "object" && value !== null && #tables in value;
  }

  /** For the package: byte offsets of windows in a group of images, of numbers in a window, and how many images a group has. */
  get tables(): Readonly<{ rows: Pointer; columns: Pointer; group: number }> {
    return { ...this.#tables };
  }

  #writeTables(): void {
    const { width, channels, windowWidth, strideY, strideX, outWidth, count } = this;
    const { group } = this.#tables;
    const window = (index: number): number =>
      Math.floor(index / count) * this.imageSize +
      (Math.floor((index % count) / outWidth) * strideY * width + (index % outWidth) * strideX) * channels;
    const line = windowWidth * channels;
    const number = (index: number): number => Math.floor(index / line) * width * channels + (index % line);
    const table = (length: number, at: (index: number) => number): Pointer =>
      this.linalg.indices(
        length,
        Int32Array.from({ length }, (_, index) => at(index) * 4),
      ).pointer;
    this.#tables.rows = table(group * count, window);
    this.#tables.columns = table(this.patchSize, number);
  }
}
