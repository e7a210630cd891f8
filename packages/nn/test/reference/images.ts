// Layers of images by their definitions, in f64, with their gradients: samples are flat arrays [height × width × channels].

/** Windows on an image, as the layers place them. */
export interface Geometry {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly window: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly same: boolean;
}

/** A window's cells, and where it stands among the outputs. */
interface Cell {
  readonly output: number;
  /** Row and column in the window, pixel in the image. */
  readonly tap: number;
  readonly pixel: number;
}

/** Output height and width by Keras's formulas. */
export function outputSize({ height, width, window, strides, same }: Geometry): [number, number] {
  const along = (size: number, axis: 0 | 1): number =>
    same ? Math.ceil(size / strides[axis]) : Math.ceil((size - window[axis] + 1) / strides[axis]);
  return [along(height, 0), along(width, 1)];
}

/** Every pair of a window and a pixel of the image within it, windows first, cells line by line. */
function cells(geometry: Geometry): Cell[] {
  const { height, width, window, strides, same } = geometry;
  const [outHeight, outWidth] = outputSize(geometry);
  const before = (size: number, out: number, axis: 0 | 1): number =>
    same ? Math.floor(Math.max((out - 1) * strides[axis] + window[axis] - size, 0) / 2) : 0;
  const [top, left] = [before(height, outHeight, 0), before(width, outWidth, 1)];
  const found: Cell[] = [];
  for (let oy = 0; oy < outHeight; oy += 1) {
    for (let ox = 0; ox < outWidth; ox += 1) {
      for (let ky = 0; ky < window[0]; ky += 1) {
        for (let kx = 0; kx < window[1]; kx += 1) {
          const [y, x] = [oy * strides[0] + ky - top, ox * strides[1] + kx - left];
          if (y < 0 || y >= height || x < 0 || x >= width) continue;
          found.push({ output: oy * outWidth + ox, tap: ky * window[1] + kx, pixel: y * width + x });
        }
      }
    }
  }
  return found;
}

/** A layer's pass on one sample: its output, and what the gradient by it becomes. */
export interface Pass {
  readonly output: number[];
  backward(outputGradient: readonly number[]): { readonly input: number[]; readonly weights: number[]; readonly biases: number[] };
}

/** Convolution with `weights` [taps · channels × filters] and `biases`. */
export function conv2d(geometry: Geometry, x: readonly number[], weights: readonly number[], biases: readonly number[]): Pass {
  const { channels } = geometry;
  const filters = biases.length;
  const [outHeight, outWidth] = outputSize(geometry);
  const all = cells(geometry);
  const terms = (visit: (input: number, weight: number, output: number) => void): void => {
    for (const { output, tap, pixel } of all) {
      for (let c = 0; c < channels; c += 1) {
        for (let f = 0; f < filters; f += 1) visit(pixel * channels + c, (tap * channels + c) * filters + f, output * filters + f);
      }
    }
  };
  const output = Array.from({ length: outHeight * outWidth * filters }, (_, index) => biases[index % filters]);
  terms((input, weight, to) => (output[to] += x[input] * weights[weight]));
  return {
    output,
    backward(outputGradient) {
      const gradients = { input: x.map(() => 0), weights: weights.map(() => 0), biases: biases.map(() => 0) };
      terms((input, weight, from) => {
        gradients.input[input] += outputGradient[from] * weights[weight];
        gradients.weights[weight] += outputGradient[from] * x[input];
      });
      outputGradient.forEach((value, index) => (gradients.biases[index % filters] += value));
      return gradients;
    },
  };
}

/** The greatest of each window, whose gradient is the first one's; or the mean over the cells that are in the image. */
export function pool(kind: "max" | "average", geometry: Geometry, x: readonly number[]): Pass {
  const { channels } = geometry;
  const [outHeight, outWidth] = outputSize(geometry);
  const windows: number[][] = Array.from({ length: outHeight * outWidth * channels }, () => []);
  for (const { output, pixel } of cells(geometry)) {
    for (let c = 0; c < channels; c += 1) windows[output * channels + c].push(pixel * channels + c);
  }
  const values = (window: number[]): number[] => window.map((index) => x[index]);
  const greatest = (window: number[]): number => values(window).reduce((best, value) => (value > best ? value : best));
  return {
    output: windows.map((window) =>
      kind === "max" ? greatest(window) : values(window).reduce((sum, value) => sum + value, 0) / window.length,
    ),
    backward(outputGradient) {
      const input = x.map(() => 0);
      windows.forEach((window, index) => {
        const takers = kind === "max" ? [window[values(window).indexOf(greatest(window))]] : window;
        for (const taker of takers) input[taker] += outputGradient[index] / takers.length;
      });
      return { input, weights: [], biases: [] };
    },
  };
}

/** A batch's normalisation: its moments, its output and the gradients. */
export interface Normalized {
  readonly mean: number[];
  readonly variance: number[];
  readonly output: number[];
  backward(dy: readonly number[]): { readonly input: number[]; readonly gamma: number[]; readonly beta: number[] };
}

/** Batch normalisation of rows of `channels`, in training, with its gradients (Ioffe and Szegedy, 2015, section 3). */
export function batchNorm(x: readonly number[], gamma: readonly number[], beta: readonly number[], epsilon: number): Normalized {
  const channels = gamma.length;
  const rows = x.length / channels;
  // By channel, over its rows.
  const sums = (termAt: (index: number) => number): number[] =>
    gamma.map((_, channel) => {
      let sum = 0;
      for (let index = channel; index < x.length; index += channels) sum += termAt(index);
      return sum;
    });
  const mean = sums((index) => x[index]).map((sum) => sum / rows);
  const centred = x.map((value, index) => value - mean[index % channels]);
  const variance = sums((index) => centred[index] ** 2).map((sum) => sum / rows);
  const deviation = variance.map((value) => Math.sqrt(value + epsilon));
  const hat = centred.map((value, index) => value / deviation[index % channels]);
  return {
    mean,
    variance,
    output: hat.map((value, index) => value * gamma[index % channels] + beta[index % channels]),
    // By the chain rule through the mean and the variance, as the paper writes it.
    backward(dy: readonly number[]) {
      const dHat = dy.map((value, index) => value * gamma[index % channels]);
      const dVariance = sums((index) => dHat[index] * centred[index]).map((sum, c) => sum * -0.5 * deviation[c] ** -3);
      const centredSums = sums((index) => centred[index]);
      const dMean = sums((index) => dHat[index]).map((sum, c) => -sum / deviation[c] - (2 * dVariance[c] * centredSums[c]) / rows);
      return {
        input: centred.map((value, index) => {
          const c = index % channels;
          return dHat[index] / deviation[c] + (dVariance[c] * 2 * value) / rows + dMean[c] / rows;
        }),
        gamma: sums((index) => dy[index] * hat[index]),
        beta: sums((index) => dy[index]),
      };
    },
  };
}
