// From control points to the pen's path: each stroke becomes a polyline of evenly spaced pen points.
// The curves are quadratic Béziers, evaluated by products and sums alone. Units: the digit's height is 1.
import type { RandomStream } from "@downhill/random";
import { around, between } from "./draws.ts";
import { press } from "./press.ts";
import type { ControlPoint, Skeleton } from "./skeletons.ts";

/** A point of the pen's path; `width` scales the pen's own width there, `ink` (0..1) is how much ink it leaves. */
export interface PenPoint {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly ink: number;
}

/** A polyline: the pen's path from where it touches the paper to where it leaves it. */
export type Stroke = readonly PenPoint[];

/** How far a control point strays, and how far a stroke's two ends do: a hand misses its ends more than its turns. */
const TURN_JITTER = 0.105;
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

type Control = readonly [x: number, y: number, sharpness: number];
type Place = readonly [x: number, y: number];

function jitter([x, y, sharpness = 0]: ControlPoint, reach: number, stream: RandomStream): Control {
  return [x / 100 + around(stream, reach), y / 100 + around(stream, reach), sharpness * between(stream, 0.6, 1)];
}

/** The polyline of a clamped quadratic B-spline whose curve at each inner control is drawn in by its sharpness. */
function flatten(controls: readonly Control[]): Place[] {
  const last = controls.length - 1;
  const places: Place[] = [[controls[0][0], controls[0][1]]];
  for (let index = 1; index < last; index += 1) {
    const control = controls[index];
    const entry = index === 1 ? towards(controls[0], control, control[2]) : towards(middle(controls[index - 1], control), control, control[2]);
    const exit =
      index === last - 1 ? towards(controls[last], control, control[2]) : towards(middle(control, controls[index + 1]), control, control[2]);
    for (let piece = 0; piece <= PIECES; piece += 1) {
      const t = piece / PIECES;
      const s = 1 - t;
      places.push([
        s * s * entry[0] + 2 * s * t * control[0] + t * t * exit[0],
        s * s * entry[1] + 2 * s * t * control[1] + t * t * exit[1],
      ]);
    }
  }
  places.push([controls[last][0], controls[last][1]]);
  return places;
}

function middle(a: Control, b: Control): Place {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

function towards(from: Place | Control, to: Place | Control, share: number): Place {
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}

/** Points on the polyline `places` about `STEP` apart, both ends among them. */
function divide(places: readonly Place[]): Place[] {
  let length = 0;
  for (let index = 1; index < places.length; index += 1) length += distance(places[index - 1], places[index]);
  const gap = length / Math.max(1, Math.round(length / STEP));
  const points: Place[] = [places[0]];
  let due = gap;
  for (let index = 1; index < places.length; index += 1) {
    const from = places[index - 1];
    const to = places[index];
    const piece = distance(from, to);
    while (due < piece) {
      points.push(towards(from, to, due / piece));
      due += gap;
    }
    due -= piece;
  }
  points.push(places[places.length - 1]);
  return points;
}

function distance(a: Place, b: Place): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  return Math.sqrt(dx * dx + dy * dy);
}
