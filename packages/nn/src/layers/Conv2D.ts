// The convolutional layer: each output pixel is f(patch · W + b), W [kernel height · kernel width · channels × filters].
import { addRow, conv2d, conv2dGradient, type Matrix, placeImages, type Placement, sumRows, turnKernel, Windows } from "@downhill/linalg";
import type { Activation } from "../activations/Activation.ts";
import { type ActivationConfig, activationFromConfig, activationName } from "../activations/activations.ts";
import type { Initializer } from "../initializers/Initializer.ts";
import { he } from "../initializers/he.ts";
import { NnError } from "../NnError.ts";
import type { Parameter } from "../Parameter.ts";
import type { Shape } from "../Shape.ts";
import type { StateEntry } from "../State.ts";
import type { Layer, LayerDescription, Site } from "./Layer.ts";
import { checkPadding, checkSize, type Padding, type PlacedWindows, placeWindows, type Size2d } from "./windows.ts";

/** What a Conv2D layer is made of. */
export interface Conv2DOptions {
  /** Channels of the output, at least 1. */
  readonly filters: number;
  /** Pixels of a window. */
  readonly kernelSize: Size2d;
  /** Pixels from a window to the next one, 1 by default. */
  readonly strides?: Size2d;
  /** `valid` by default. */
  readonly padding?: Padding;
  /** Applied to each P(x)·W + b; none by default. */
  readonly activation?: ActivationConfig;
  /** Initial weights, {@link he} by default; biases start at 0. */
  readonly init?: Initializer;
}

/** A two-dimensional convolution, channels last. Throws an NnError unless its sizes are whole numbers of at least 1. */
export class Conv2D implements LayerDescription {
  readonly type = "conv2d";
  readonly options: Conv2DOptions;

  constructor(options: Conv2DOptions) {
    const { filters, kernelSize, strides = 1, padding = "valid" } = options;
    if (!Number.isSafeInteger(filters) || filters < 1) {
      throw new NnError(`Conv2D: filters is ${filters}; it must be a whole number of at least 1`);
    }
    checkSize("Conv2D", "kernelSize", kernelSize);
    checkSize("Conv2D", "strides", strides);
    checkPadding("Conv2D", padding);
    this.options = options;
  }

  get activation(): string | undefined {
    return this.options.activation && activationName(this.options.activation);
  }

  output(input: Shape): Shape {
    const { outHeight, outWidth } = this.#windows(input);
    return [outHeight, outWidth, this.options.filters];
  }

  parameterCount(input: Shape): number {
    return (patchSize(this.#windows(input)) + 1) * this.options.filters;
  }

  flops(input: Shape): number {
    const windows = this.#windows(input);
    const { filters, activation } = this.options;
    return (2 * patchSize(windows) + 1 + (activation === undefined ? 0 : 1)) * filters * windows.outHeight * windows.outWidth;
  }

  build(site: Site): Layer {
    return new BuiltConv2D(this.options, this.#windows(site.input), site);
  }

  #windows(input: Shape): PlacedWindows {
    const { kernelSize, strides = 1, padding = "valid" } = this.options;
    return placeWindows("conv2d", { window: kernelSize, strides, padding }, input);
  }
}

function patchSize({ windowHeight, windowWidth, channels }: PlacedWindows): number {
  return windowHeight * windowWidth * channels;
}

class BuiltConv2D implements Layer {
  readonly parameters: readonly [weights: Parameter, biases: Parameter];
  readonly state: readonly StateEntry[] = [];
  readonly #activation: Activation | undefined;
  readonly #windows: Windows;
  readonly #padded: Placed | undefined;
  readonly #output: Matrix;
  /** P(x)·W + b; in the output's memory unless the activation's gradient needs it. */
  readonly #sums: Matrix;
  readonly #inputGradient: InputGradient | undefined;
  #input: Matrix | undefined;

  constructor(options: Conv2DOptions, windows: PlacedWindows, site: Site) {
    const { linalg, name, batchSize } = site;
    const { filters, activation, init = he() } = options;
    const { height, width, channels, windowHeight, windowWidth, strideY, strideX, top, bottom, left, right } = windows;
    const parameter = (role: string, rows: number): Parameter => ({
      name: `${name}/${role}`,
      value: linalg.matrix(rows, filters),
      gradient: linalg.matrix(rows, filters),
    });
    this.parameters = [parameter("weights", patchSize(windows)), parameter("biases", 1)];
    const taps = windowHeight * windowWidth;
    init(this.parameters[0].value, site.stream, { fanIn: taps * channels, fanOut: taps * filters });
    this.#activation = activation && activationFromConfig(activation);
    const [toHeight, toWidth] = [height + top + bottom, width + left + right];
    this.#windows = new Windows(linalg, { height: toHeight, width: toWidth, channels, windowHeight, windowWidth, strideY, strideX });
    this.#padded = placed(site, { height, width, channels, toHeight, toWidth, top, left, stepY: 1, stepX: 1 });
    this.#output = linalg.matrix(batchSize, this.#windows.count * filters);
    this.#sums = this.#activation?.gradientFrom === "input" ? linalg.matrix(batchSize, this.#output.columns) : this.#output;
    if (site.needsInputGradient) this.#inputGradient = new InputGradient(site, windows, filters);
  }

  forward(input: Matrix): Matrix {
    const [weights, biases] = this.parameters;
    const output = this.#output.firstRows(input.rows);
    this.#input = this.#padded === undefined ? input : this.#padded.place(input);
    const sums = this.#sums.firstRows(input.rows);
    conv2d(this.#input, weights.value, this.#windows, sums);
    addRow(biases.value, this.#byPixel(sums));
    this.#activation?.forward(sums, output);
    return output;
  }

  // With Z = P(x)·W + b, a row for each output pixel: dZ = dY · f′, dW = P(x)ᵀ·dZ, db = Σᵢ dZ[i, :]; dX: see InputGradient.
  backward(outputGradient: Matrix): Matrix {
    const input = this.#input;
    const [weights, biases] = this.parameters;
    if (input === undefined) throw new NnError(`${weights.name}: backward was called before forward`);
    this.#activation?.backward(this.#sums.firstRows(input.rows), outputGradient, outputGradient);
    conv2dGradient(input, outputGradient, this.#windows, weights.gradient);
    sumRows(this.#byPixel(outputGradient), biases.gradient);
    return this.#inputGradient?.of(outputGradient, weights.value) ?? outputGradient;
  }

  #byPixel(matrix: Matrix): Matrix {
    return matrix.reshaped(matrix.rows * this.#windows.count, this.parameters[0].value.columns);
  }
}

// ∂cost/∂input is itself a convolution: of the output's gradient, as far apart as the strides and framed with zeros, with the
// filters turned by half a turn.
class InputGradient {
  readonly #taps: number;
  readonly #placed: Placed | undefined;
  readonly #windows: Windows;
  readonly #turned: Matrix;
  readonly #result: Matrix;

  constructor(site: Site, windows: PlacedWindows, filters: number) {
    const { linalg, batchSize } = site;
    const { height, width, channels, windowHeight, windowWidth, outHeight, outWidth, strideY, strideX, top, left } = windows;
    const [toHeight, toWidth] = [height + windowHeight - 1, width + windowWidth - 1];
    this.#taps = windowHeight * windowWidth;
    this.#placed = placed(site, {
      height: outHeight,
      width: outWidth,
      channels: filters,
      toHeight,
      toWidth,
      top: windowHeight - 1 - top,
      left: windowWidth - 1 - left,
      stepY: strideY,
      stepX: strideX,
    });
    this.#windows = new Windows(linalg, { height: toHeight, width: toWidth, channels: filters, windowHeight, windowWidth });
    this.#turned = linalg.matrix(this.#taps * filters, channels);
    this.#result = linalg.matrix(batchSize, height * width * channels);
  }

  of(outputGradient: Matrix, weights: Matrix): Matrix {
    const result = this.#result.firstRows(outputGradient.rows);
    turnKernel(weights, this.#taps, this.#turned);
    conv2d(this.#placed === undefined ? outputGradient : this.#placed.place(outputGradient), this.#turned, this.#windows, result);
    return result;
  }
}

// Images on larger ones; their frame is zeros from the start, and nobody writes it.
class Placed {
  readonly #placement: Placement;
  readonly #images: Matrix;

  constructor(images: Matrix, placement: Placement) {
    this.#placement = placement;
    this.#images = images;
  }

  place(images: Matrix): Matrix {
    const larger = this.#images.firstRows(images.rows);
    placeImages(images, larger, this.#placement);
    return larger;
  }
}

function placed({ linalg, batchSize }: Site, placement: Placement): Placed | undefined {
  const { height, width, channels, toHeight, toWidth } = placement;
  if (height === toHeight && width === toWidth) return undefined;
  return new Placed(linalg.matrix(batchSize, toHeight * toWidth * channels), placement);
}
