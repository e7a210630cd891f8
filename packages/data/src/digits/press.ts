// How hard the pen presses along a stroke: it swells and thins, and now and then skips a short stretch.
import type { RandomStream } from "@downhill/random";
import { between, happens } from "./draws.ts";
import type { PenPoint } from "./stroke.ts";

/** A skip: its chance in a stroke, and the half of its length, as a share of the stroke. */
const SKIP_CHANCE = 0.12;
const SKIP_REACH = 0.07;

/** Gives each of `places` a width, quadratic in its share of the way along the stroke, and an ink. */
export function press(places: readonly Pick<PenPoint, "x" | "y">[], stream: RandomStream): PenPoint[] {
  const start = between(stream, 0.65, 1.15);
  const middle = between(stream, 0.85, 1.3);
  const end = between(stream, 0.55, 1.15);
  const skips = happens(stream, SKIP_CHANCE);
  const skipAt = between(stream, 0.1, 0.9);
  const skipDepth = between(stream, 0.3, 0.95);
  return places.map(({ x, y }, index) => {
    const t = index / (places.length - 1);
    const s = 1 - t;
    const away = Math.min(1, Math.abs(t - skipAt) / SKIP_REACH);
    return { x, y, width: s * s * start + 2 * s * t * middle + t * t * end, ink: skips ? 1 - skipDepth * (1 - away) : 1 };
  });
}
