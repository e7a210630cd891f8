// What the hand and the paper do to a whole digit: a smooth random distortion, then a slant, an aspect and a rotation.
// Stands between the traced strokes and their placing on the pixels. Units: the digit's height is 1.
import type { RandomStream } from "@downhill/random";
import { around, between } from "./draws.ts";
import type { Stroke } from "./stroke.ts";

/** Cells of the elastic field along each side of the sheet; a cubic B-spline needs three nodes more than cells. */
const CELLS = 2;
const NODES = CELLS + 3;
/** How far a node of the field may pull, in digit heights; the spline averages neighbours, so points move less. */
const ELASTIC = 0.33;

/** Distorts the digit `strokes`, each point as a smooth function of its place alone. */
export function distort(strokes: readonly Stroke[], stream: RandomStream): Stroke[] {
  const pullX = Float64Array.from({ length: NODES * NODES }, () => around(stream, ELASTIC));
  const pullY = Float64Array.from({ length: NODES * NODES }, () => around(stream, ELASTIC));
  const aspect = between(stream, 0.65, 1.15);
  const slant = 0.15 + around(stream, 0.52);
  const turn = around(stream, 0.18);
  // The rotation with half-angle tangent `turn`: cosine and sine without a trigonometric function.
  const cosine = (1 - turn * turn) / (1 + turn * turn);
  const sine = (2 * turn) / (1 + turn * turn);
  return strokes.map((stroke) =>
    stroke.map((point) => {
      const across = splineWeights(point.x);
      const down = splineWeights(point.y);
      const y = point.y + pull(pullY, across, down) - 0.5;
      const x = (point.x + pull(pullX, across, down) - 0.5) * aspect - slant * y;
      return { ...point, x: cosine * x - sine * y, y: sine * x + cosine * y };
    }),
  );
}

interface SplineWeights {
  readonly first: number;
  readonly weights: readonly [number, number, number, number];
}

/** The first of the four nodes that reach `coordinate` and their uniform cubic B-spline weights; the sheet's edges are 0 and 1. */
function splineWeights(coordinate: number): SplineWeights {
  const along = Math.min(1, Math.max(0, coordinate)) * CELLS;
  const first = Math.min(CELLS - 1, Math.floor(along));
  const t = along - first;
  const s = 1 - t;
  return { first, weights: [(s * s * s) / 6, (3 * t * t * t - 6 * t * t + 4) / 6, (3 * s * s * s - 6 * s * s + 4) / 6, (t * t * t) / 6] };
}

function pull(field: Float64Array, across: SplineWeights, down: SplineWeights): number {
  let sum = 0;
  for (let row = 0; row < 4; row += 1) {
    for (let column = 0; column < 4; column += 1) {
      sum += down.weights[row] * across.weights[column] * field[(down.first + row) * NODES + across.first + column];
    }
  }
  return sum;
}
