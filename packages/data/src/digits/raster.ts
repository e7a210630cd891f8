// The last stage of a digit: strokes in pixels become grey values, by each pixel's distance from the pen's path.
import type { RandomStream } from "@downhill/random";
import type { PenPoint, Stroke } from "./strokes.ts";

/** The side of a digit's image, in pixels. */
export const DIGIT_SIDE: number = 28;

/** The pixels of a digit's image, row by row from the top left. */
export const DIGIT_PIXELS: number = DIGIT_SIDE * DIGIT_SIDE;

/** What one digit is written with. */
export interface Pen {
  /** Half the line's width in pixels, where the width of a pen point is 1. */
  readonly radius: number;
  /** The width in pixels over which the line's edge fades from full ink to paper. */
  readonly edge: number;
  /** The ink of a full line; above 1 the line's core saturates. */
  readonly ink: number;
  /** How much of its ink a pixel may lose to the paper's grain, 0..1. */
  readonly grain: number;
}

/** Draws `strokes` as 28 × 28 grey values, 0 for paper to 255 for ink; the grain comes from `stream`. */
export function raster(strokes: readonly Stroke[], pen: Pen, stream: RandomStream): Uint8Array {
  const coverage = new Float64Array(DIGIT_PIXELS);
  for (const stroke of strokes) {
    for (let index = 1; index < stroke.length; index += 1) cover(coverage, stroke[index - 1], stroke[index], pen);
  }
  return Uint8Array.from(coverage, (covered) =>
    covered === 0 ? 0 : Math.round(255 * Math.min(1, covered * pen.ink * (1 - pen.grain * stream.uniform()))),
  );
}

/** Raises each pixel near the line from `a` to `b` to the ink that this line leaves on it. */
function cover(coverage: Float64Array, a: PenPoint, b: PenPoint, pen: Pen): void {
  const reach = pen.radius * Math.max(a.width, b.width) + pen.edge / 2;
  const left = Math.max(0, Math.floor(Math.min(a.x, b.x) - reach));
  const right = Math.min(DIGIT_SIDE - 1, Math.floor(Math.max(a.x, b.x) + reach));
  const top = Math.max(0, Math.floor(Math.min(a.y, b.y) - reach));
  const bottom = Math.min(DIGIT_SIDE - 1, Math.floor(Math.max(a.y, b.y) + reach));
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const lengthSquared = dx * dx + dy * dy;
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const px = column + 0.5 - a.x;
      const py = row + 0.5 - a.y;
      // The share of the way from a to b at which the line is nearest to the pixel.
      const t = lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared));
      const ex = px - t * dx;
      const ey = py - t * dy;
      const distance = Math.sqrt(ex * ex + ey * ey);
      const radius = pen.radius * (a.width + t * (b.width - a.width));
      const inside = Math.min(1, Math.max(0, (radius - distance) / pen.edge + 0.5));
      const ink = inside * (a.ink + t * (b.ink - a.ink));
      const pixel = row * DIGIT_SIDE + column;
      if (ink > coverage[pixel]) coverage[pixel] = ink;
    }
  }
}
