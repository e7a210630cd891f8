// The anti-aliased raster: how much of each pixel the strokes cover, by the pixel's distance from the pen's path.
// Units: pixels; the centre of the first pixel is (0.5, 0.5).
import type { Pen } from "./pen.ts";
import type { PenPoint, Stroke } from "./stroke.ts";

/** The side of a digit's image, in pixels. */
export const DIGIT_SIDE: number = 28;

/** The pixels of a digit's image, row by row from the top left. */
export const DIGIT_PIXELS: number = DIGIT_SIDE * DIGIT_SIDE;

/** The share of full ink, 0..1, that the strokes bring to each of the 784 pixels. */
export type Coverage = Float64Array;

/** What `strokes` cover of the image; what lies outside of it is lost. */
export function cover(strokes: readonly Stroke[], pen: Pen): Coverage {
  const coverage = new Float64Array(DIGIT_PIXELS);
  for (const stroke of strokes) {
    for (let index = 1; index < stroke.length; index += 1) coverLine(coverage, stroke[index - 1], stroke[index], pen);
  }
  return coverage;
}

/** Raises each pixel near the line from `a` to `b` to what this line covers of it. */
function coverLine(coverage: Coverage, a: PenPoint, b: PenPoint, pen: Pen): void {
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
      const covered = inside * (a.ink + t * (b.ink - a.ink));
      const pixel = row * DIGIT_SIDE + column;
      if (covered > coverage[pixel]) coverage[pixel] = covered;
    }
  }
}
