import type { Matrix } from "@downhill/linalg";

/** An elementwise function whose gradient can be had from its output, so that it can work in place. */
export interface Activation {
  readonly name: string;
  /** y = f(x); y may be x. */
  forward(x: Matrix, y: Matrix): void;
  /** dx = dy · f′, with f′ taken from the output y; dx may be dy. */
  backward(y: Matrix, dy: Matrix, dx: Matrix): void;
}
