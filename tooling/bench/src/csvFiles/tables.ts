// The tables that readers are raced on, row by row, the same ones every time: no header, numbers only.
import { generator } from "../inputs.ts";
import type { TableText } from "./TableText.ts";

/** A table by its rows. */
export interface Table {
  readonly columns: number;
  /** About how many bytes a row takes. */
  readonly rowBytes: number;
  /** A function that writes one more row at each call. */
  rows(): (text: TableText) => void;
}

const SIDE = 28;

/** Like MNIST as CSV: a label and 784 pixels, four fifths of them 0, in runs. */
export const digits: Table = {
  columns: 1 + SIDE * SIDE,
  // MNIST has 60,000 rows, which are 110 MB.
  rowBytes: 110e6 / 60_000,
  rows: () => {
    const next = generator(1);
    const pixels = new Uint8Array(SIDE * SIDE);
    return (text) => {
      text.field(Math.floor(10 * next()));
      drawStrokes(pixels, next);
      for (const pixel of pixels) text.field(pixel);
      text.endRow();
    };
  },
};

/** Measurements: 100 columns of 4 to 7 significant digits, of either sign, with at least one decimal. */
export const measurements: Table = {
  columns: 100,
  rowBytes: 815,
  rows: () => {
    const next = generator(2);
    return (text) => {
      for (let column = 0; column < measurements.columns; column += 1) {
        const significant = 4 + Math.floor(4 * next());
        const least = 10 ** (significant - 1);
        const mantissa = least + Math.floor(9 * least * next());
        text.field(mantissa, 1 + Math.floor(significant * next()), next() < 0.5);
      }
      text.endRow();
    };
  },
};

// One stroke, and now and then a second one beside it, that wander from line to line; four lines at the top and the bottom stay empty.
function drawStrokes(pixels: Uint8Array, next: () => number): void {
  pixels.fill(0);
  let centre = 9 + 6 * next();
  for (let line = 4; line < SIDE - 4; line += 1) {
    centre = Math.min(16, Math.max(7, centre + 3 * (next() - 0.5)));
    drawRun(pixels, next, line, centre);
    if (next() < 0.26) drawRun(pixels, next, line, centre + 9);
  }
}

// Some pixels of a line: soft at the ends, mostly full between them.
function drawRun(pixels: Uint8Array, next: () => number, line: number, centre: number): void {
  const width = 3 + Math.floor(6.5 * next());
  const start = line * SIDE + Math.floor(centre - width / 2);
  for (let index = 0; index < width; index += 1) {
    const edge = index === 0 || index === width - 1;
    pixels[start + index] = edge || next() < 0.4 ? 1 + Math.floor(252 * next()) : 253;
  }
}
