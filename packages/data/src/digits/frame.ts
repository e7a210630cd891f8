// Places a digit on the image as MNIST's are: scaled into a box of 20 × 20 pixels with its proportions kept, then moved
// so that its centre of mass is the image's centre. Units: pixels from here on; the centre of the first pixel is (0.5, 0.5).
import type { Stroke } from "./strokes.ts";

/** The side of the box that a digit, with the width of its lines, is scaled into. */
const BOX = 20;
/** The middle of the 28 × 28 image. */
const CENTRE = 14;

/** The strokes in pixels, for a pen whose line reaches `radius` pixels to each side; `size` (0..1) is the share of the box that they fill. */
export function frame(strokes: readonly Stroke[], radius: number, size: number): Stroke[] {
  const points = strokes.flat();
  const width = extent(points.map((point) => point.x));
  const height = extent(points.map((point) => point.y));
  const scale = (BOX * size - 2 * radius) / Math.max(width, height);
  let mass = 0;
  let massX = 0;
  let massY = 0;
  for (const point of points) {
    // Points are evenly spaced, so a point stands for its width of ink.
    const share = point.width * point.ink;
    mass += share;
    massX += share * point.x;
    massY += share * point.y;
  }
  return strokes.map((stroke) =>
    stroke.map((point) => ({
      ...point,
      x: CENTRE + scale * (point.x - massX / mass),
      y: CENTRE + scale * (point.y - massY / mass),
    })),
  );
}

function extent(values: readonly number[]): number {
  let low = values[0];
  let high = values[0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}
