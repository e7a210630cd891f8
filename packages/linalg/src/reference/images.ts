// Convolutions and pools by their definitions, in f64; an image is an array of numbers, channels last, a batch an array of images.
import type { Windows } from "../Windows.ts";

/** Of each window: the pixels of the image in it, and the place of each in the window. */
export function cellsOf(windows: Windows): { pixel: number; tap: number }[][] {
  const { height, width, windowHeight, windowWidth, strideY, strideX, top, left, outWidth, count } = windows;
  return Array.from({ length: count }, (_, window) => {
    const [firstRow, firstColumn] = [Math.floor(window / outWidth) * strideY - top, (window % outWidth) * strideX - left];
    return Array.from({ length: windowHeight * windowWidth }, (_cell, tap) => {
      const [row, column] = [firstRow + Math.floor(tap / windowWidth), firstColumn + (tap % windowWidth)];
      return { pixel: row * width + column, tap, inside: row >= 0 && row < height && column >= 0 && column < width };
    }).filter(({ inside }) => inside);
  });
}

/** The convolution of each image with `w` [patch size × filters]. */
export function conv2d(x: number[][], w: number[][], windows: Windows, filters: number): number[][] {
  const cells = cellsOf(windows);
  const { channels } = windows;
  return x.map((image) =>
    cells.flatMap((window) =>
      Array.from({ length: filters }, (_, filter) => {
        let sum = 0;
        for (const { pixel, tap } of window) {
          for (let c = 0; c < channels; c += 1) sum += image[pixel * channels + c] * w[tap * channels + c][filter];
        }
        return sum;
      }),
    ),
  );
}

/** ∂(Σ dy · y)/∂w of {@link conv2d}. */
export function conv2dGradient(x: number[][], dy: number[][], windows: Windows, filters: number): number[][] {
  const { channels, patchSize } = windows;
  const dw = Array.from({ length: patchSize }, () => new Array<number>(filters).fill(0));
  x.forEach((image, index) =>
    cellsOf(windows).forEach((window, place) => {
      for (const { pixel, tap } of window) {
        for (let c = 0; c < channels; c += 1) {
          for (let f = 0; f < filters; f += 1) dw[tap * channels + c][f] += image[pixel * channels + c] * dy[index][place * filters + f];
        }
      }
    }),
  );
  return dw;
}

/** What `combine` makes of each window's numbers, by channel. */
export function pool(x: number[][], windows: Windows, combine: (numbers: number[]) => number): number[][] {
  const { channels } = windows;
  return x.map((image) =>
    cellsOf(windows).flatMap((window) =>
      Array.from({ length: channels }, (_, c) => combine(window.map(({ pixel }) => image[pixel * channels + c]))),
    ),
  );
}

/** dx where each window shares its dy as `shares` says of its numbers. */
export function poolGradient(x: number[][], dy: number[][], windows: Windows, shares: (numbers: number[]) => number[]): number[][] {
  const { channels } = windows;
  return x.map((image, index) => {
    const dx = image.map(() => 0);
    cellsOf(windows).forEach((window, place) => {
      for (let c = 0; c < channels; c += 1) {
        const parts = shares(window.map(({ pixel }) => image[pixel * channels + c]));
        window.forEach(({ pixel }, cell) => (dx[pixel * channels + c] += parts[cell] * dy[index][place * channels + c]));
      }
    });
    return dx;
  });
}
