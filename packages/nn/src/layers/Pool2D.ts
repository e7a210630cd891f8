// What both pools share: windows without parameters, a number from each by channel.
import { type Matrix, Windows } from "@downhill/linalg";
import { NnError } from "../NnError.ts";
import { type Shape, sizeOf } from "../Shape.ts";
import type { Layer, LayerDescription, Site } from "./Layer.ts";
import { checkPadding, checkSize, type Padding, type PlacedWindows, placeWindows, type Size2d } from "./windows.ts";

/** What a pool is made of. */
export interface Pool2DOptions {
  /** Pixels of a window, 2 by default. */
  readonly poolSize?: Size2d;
  /** Pixels from a window to the next one, the pool's size by default. */
  readonly strides?: Size2d;
  /** `valid` by default. */
  readonly padding?: Padding;
}

/** How a pool computes; all operands are `[batch × …]`. */
export interface PoolKernels {
  readonly name: string;
  readonly type: string;
  forward(x: Matrix, windows: Windows, y: Matrix): void;
  backward(x: Matrix, y: Matrix, dy: Matrix, windows: Windows, dx: Matrix): void;
}

/** A pool over windows of an image. Throws an NnError unless its sizes are whole numbers of at least 1. */
export class Pool2D implements LayerDescription {
  readonly type: string;
  readonly options: Pool2DOptions;
  readonly #kernels: PoolKernels;

  constructor(kernels: PoolKernels, options: Pool2DOptions) {
    const { poolSize = 2, strides = poolSize, padding = "valid" } = options;
    checkSize(kernels.name, "poolSize", poolSize);
    checkSize(kernels.name, "strides", strides);
    checkPadding(kernels.name, padding);
    this.type = kernels.type;
    this.options = options;
    this.#kernels = kernels;
  }

  output(input: Shape): Shape {
    const { outHeight, outWidth, channels } = this.#windows(input);
    return [outHeight, outWidth, channels];
  }

  parameterCount(): number {
    return 0;
  }

  flops(input: Shape): number {
    const { windowHeight, windowWidth } = this.#windows(input);
    return windowHeight * windowWidth * sizeOf(this.output(input));
  }

  build({ linalg, name, input: shape, batchSize, needsInputGradient }: Site): Layer {
    const { forward, backward } = this.#kernels;
    const windows = new Windows(linalg, this.#windows(shape));
    const result = linalg.matrix(batchSize, windows.count * windows.channels);
    const gradient = needsInputGradient ? linalg.matrix(batchSize, windows.imageSize) : undefined;
    let remembered: Matrix | undefined;
    return {
      parameters: [],
      state: [],
      forward(input: Matrix): Matrix {
        const output = result.firstRows(input.rows);
        forward(input, windows, output);
        remembered = input;
        return output;
      },
      backward(outputGradient: Matrix): Matrix {
        if (remembered === undefined) throw new NnError(`${name}: backward was called before forward`);
        if (gradient === undefined) return outputGradient;
        const inputGradient = gradient.firstRows(outputGradient.rows);
        backward(remembered, result.firstRows(outputGradient.rows), outputGradient, windows, inputGradient);
        return inputGradient;
      },
    };
  }

  #windows(input: Shape): PlacedWindows {
    const { poolSize = 2, strides = poolSize, padding = "valid" } = this.options;
    return placeWindows(this.type, { window: poolSize, strides, padding }, input);
  }
}
