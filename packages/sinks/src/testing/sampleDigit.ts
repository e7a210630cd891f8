// Images for the sample run: the ten digits as strokes, rasterised at 28 × 28, each a little different by its index.
import type { Picture } from "../contract/TrainingEvent.ts";

const SIZE = 28;
const PEN = 1.6;

// Corners of each digit in a box of 10 × 16, drawn without lifting the pen.
const STROKES = [
  "5,0 1,3 0,8 1,13 5,16 9,13 10,8 9,3 5,0",
  "2,4 6,0 6,16",
  "1,4 3,1 7,0 9,3 8,7 1,16 10,16",
  "1,1 6,0 9,3 7,7 4,8 8,9 9,13 6,16 1,15",
  "7,16 7,0 0,11 10,11",
  "9,0 2,0 1,7 6,6 9,9 9,13 6,16 1,15",
  "8,0 3,5 1,11 3,15 7,16 9,13 8,9 4,8 1,11",
  "0,0 10,0 4,16",
  "5,8 1,5 2,1 5,0 8,1 9,5 5,8 1,12 2,15 5,16 8,15 9,12 5,8",
  "9,6 6,8 2,7 1,3 4,0 8,1 9,5 8,11 5,16",
] as const;

interface Stroke {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/** Draws the digit `label` (0..9) as sample `index`. */
export function sampleDigit(index: number, label: number): Picture {
  const slant = ((index * 7) % 11) / 30 - 0.1;
  const strokes = strokesOf(STROKES[label], slant);
  const pixels = Array.from({ length: SIZE * SIZE }, (_, place) => {
    const distance = Math.min(...strokes.map((stroke) => distanceTo(stroke, (place % SIZE) + 0.5, Math.floor(place / SIZE) + 0.5)));
    return Math.round(255 * Math.min(1, Math.max(0, PEN + 0.5 - distance)));
  });
  return { index, width: SIZE, height: SIZE, pixels: btoa(String.fromCharCode(...pixels)), label };
}

function strokesOf(path: string, slant: number): Stroke[] {
  const corners = path.split(" ").map((corner) => {
    const [x, y] = corner.split(",").map(Number);
    return [9 + x + slant * (8 - y), 6 + y] as const;
  });
  return corners.slice(1).map((to, place) => ({ from: corners[place], to }));
}

// The distance of a point to a line segment, in pixels.
function distanceTo({ from, to }: Stroke, x: number, y: number): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy)));
  return Math.sqrt((x - from[0] - along * dx) ** 2 + (y - from[1] - along * dy) ** 2);
}
