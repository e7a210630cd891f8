// A stroke as the stages after the skeleton hand it on. Its unit is the digit's height up to `frame`, then the pixel.

/** A point of the pen's path; `width` scales the pen's own width there, `ink` (0..1) is how much of its ink it leaves. */
export interface PenPoint {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly ink: number;
}

/** A polyline of evenly spaced points: the pen's path from where it touches the paper to where it leaves it. */
export type Stroke = readonly PenPoint[];
