// What a digit is written with: the pen's line, its ink, and the paper's grain.
import type { RandomStream } from "@downhill/random";
import type { Coverage } from "./cover.ts";
import { around, between } from "./draws.ts";

/** A pen on a paper. */
export interface Pen {
  /** Half the line's width in pixels, where the width of a pen point is 1. */
  readonly radius: number;
  /** The width in pixels over which the line's edge fades from full ink to paper. */
  readonly edge: number;
  /** The ink of a full line; above 1 the line's core saturates. */
  readonly ink: number;
  /** The greatest share of its ink that a pixel may lose to the paper's grain, 0..1. */
  readonly grain: number;
}

/** Takes a pen at random; the ranges give the ink, the soft edges and the bright cores that MNIST's images have. */
export function pickPen(stream: RandomStream): Pen {
  return {
    radius: 1.15 + around(stream, 0.6),
    edge: between(stream, 1, 1.7),
    ink: between(stream, 1, 1.4),
    grain: between(stream, 0, 0.2),
  };
}

/** The grey values, 0 for paper to 255 for ink, that `pen` leaves where `coverage` says. */
export function inkPixels(coverage: Coverage, pen: Pen, stream: RandomStream): Uint8Array {
  return Uint8Array.from(coverage, (covered) =>
    covered === 0 ? 0 : Math.round(255 * Math.min(1, covered * pen.ink * (1 - pen.grain * stream.uniform()))),
  );
}
