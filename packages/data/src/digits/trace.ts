// From control points to the pen's path: each stroke becomes a polyline of evenly spaced points. The first step of a
// drawing after the choice of its form. Units: skeletons are in hundredths of the digit's height, traces in heights.
import type { RandomStream } from "@downhill/random";
import { around, between } from "./draws.ts";
import { press } from "./press.ts";
import type { ControlPoint, Skeleton } from "./skeletons.ts";
import type { Stroke } from "./stroke.ts";

/** How far a control point strays, and how far a stroke's two ends do: a hand misses its ends more than its turns. */
const TURN_JITTER = 0.1;
const END_JITTER = 0.16;
/** Line pieces per Bézier, before the path is divided evenly. */
const PIECES = 12;
/** The distance of the pen points, about one pixel: short enough that a distorted line bends smoothly. */
const STEP = 0.05;

/** Writes `skeleton` once, with the inaccuracy of a hand. */
export function trace(skeleton: Skeleton, stream: RandomStream): Stroke {
  const last = skeleton.length - 1;
  const controls = skeleton.map((control, index) => jitter(control, index === 0 || index === last ? END_JITTER : TURN_JITTER, stream));
  return press(divide(flatten(controls)), stream);
}

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Control extends Place {
  readonly sharpness: number;
}

function jitter([x, y, sharpness = 0]: ControlPoint, reach: number, stream: RandomStream): Control {
  return { x: x / 100 + around(stream, reach), y: y / 100 + around(stream, reach), sharpness: sharpness * between(stream, 0.6, 1) };
}

/** The polyline of a clamped quadratic B-spline: one Bézier around each inner control, the shorter the sharper it is. */
function flatten(controls: readonly Control[]): Place[] {
  const last = controls.length - 1;
  const places: Place[] = [controls[0]];
  for (let index = 1; index < last; index += 1) {
    const control = controls[index];
    const before = index === 1 ? controls[0] : towards(controls[index - 1], control, 0.5);
    const after = index === last - 1 ? controls[last] : towards(control, controls[index + 1], 0.5);
    const entry = towards(before, control, control.sharpness);
    const exit = towards(after, control, control.sharpness);
    for (let piece = 0; piece <= PIECES; piece += 1) {
      const share = piece / PIECES;
      places.push(towards(towards(entry, control, share), towards(control, exit, share), share));
    }
  }
  places.push(controls[last]);
  return places;
}

/** The point at `share` (0..1) of the way between two; applied three times (de Casteljau) it is a Bézier's. */
function towards(from: Place, to: Place, share: number): Place {
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
}

/** Points on the polyline `places` about `STEP` apart, both ends among them. */
function divide(places: readonly Place[]): Place[] {
  let length = 0;
  for (let index = 1; index < places.length; index += 1) length += distance(places[index - 1], places[index]);
  const gap = length / Math.max(1, Math.round(length / STEP));
  const points: Place[] = [places[0]];
  let due = gap;
  for (let index = 1; index < places.length; index += 1) {
    const piece = distance(places[index - 1], places[index]);
    while (due < piece) {
      points.push(towards(places[index - 1], places[index], due / piece));
      due += gap;
    }
    due -= piece;
  }
  points.push(places[places.length - 1]);
  return points;
}

function distance(a: Place, b: Place): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  return Math.sqrt(dx * dx + dy * dy);
}
