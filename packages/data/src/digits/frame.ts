// Places a digit on the image as MNIST's are: scaled into a box of 20 × 20 pixels with its proportions kept, then moved
// so that its centre of mass is the image's centre. Units: pixels from here on; the centre of the first pixel is (0.5, 0.5).
import { type Coverage, DIGIT_SIDE } from "./cover.ts";
import type { Stroke } from "./stroke.ts";

/** The side of the box that a digit, with the width of its lines, is scaled into. */
const BOX = 20;
const CENTRE = DIGIT_SIDE / 2;

/**
 * The strokes in pixels, the middle of their bounding box on the image's centre. A line of the pen reaches `radius`
 * pixels to each side; `size` (0..1) is the share of the box that the digit fills.
 */
export function fitToBox(strokes: readonly Stroke[], radius: number, size: number): Stroke[] {
  const points = strokes.flat();
  const [left, right] = extent(points.map((point) => point.x));
  const [top, bottom] = extent(points.map((point) => point.y));
  const scale = (BOX * size - 2 * radius) / Math.max(right - left, bottom - top);
  return strokes.map((stroke) =>
    stroke.map((point) => ({
      ...point,
      x: CENTRE + scale * (point.x - (left + right) / 2),
      y: CENTRE + scale * (point.y - (top + bottom) / 2),
    })),
  );
}

/** The strokes moved as the centre of mass of `coverage`, what they cover now, must move to come to the image's centre. */
export function centreByMass(strokes: readonly Stroke[], coverage: Coverage): Stroke[] {
  let mass = 0;
  let massX = 0;
  let massY = 0;
  for (let pixel = 0; pixel < coverage.length; pixel += 1) {
    mass += coverage[pixel];
    massX += coverage[pixel] * ((pixel % DIGIT_SIDE) + 0.5);
    massY += coverage[pixel] * (Math.floor(pixel / DIGIT_SIDE) + 0.5);
  }
  const shiftX = CENTRE - massX / mass;
  const shiftY = CENTRE - massY / mass;
  return strokes.map((stroke) => stroke.map((point) => ({ ...point, x: point.x + shiftX, y: point.y + shiftY })));
}

function extent(values: readonly number[]): [low: number, high: number] {
  let low = values[0];
  let high = values[0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
