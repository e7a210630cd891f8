import type { Matrix } from "@downhill/linalg";

/** An elementwise function with its gradient, which is had from its output, or, where that doesn't tell enough, from its input. */
export interface Activation {
  readonly name: string;
  /** What `backward` takes: with "output", a layer can work in place; with "input", it keeps what came in apart. */
  readonly gradientFrom: "output" | "input";
  /** y = f(x); y may be x. */
  forward(x: Matrix, y: Matrix): void;
  /** dx = dy · f′, with f′ taken from `side`, the output y or the input x; dx may be dy. */
  backward(side: Matrix, dy: Matrix, dx: Matrix): void;
}
