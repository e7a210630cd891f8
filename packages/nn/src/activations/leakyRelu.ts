import { leakyRelu as forward, leakyReluGradient as backward } from "@downhill/linalg";
import { NnError } from "../NnError.ts";
import type { Activation } from "./Activation.ts";

/** What leakyRelu is made of. */
export interface LeakyReluOptions {
  /** Slope below 0, 0.01 by default as in PyTorch; at least 0. */
  readonly negativeSlope?: number;
}

/** f(x) = x where x is positive, else negativeSlope·x; f′ at 0 is negativeSlope. Throws an NnError on a slope below 0. */
export function leakyRelu(options: LeakyReluOptions = {}): Activation {
  const { negativeSlope = 0.01 } = options;
  if (!(negativeSlope >= 0 && negativeSlope < Infinity))
    throw new NnError(`leakyRelu: negativeSlope is ${negativeSlope}; it must be a number of at least 0`);
  return {
    name: "leakyRelu",
    gradientFrom: "output",
    forward: (x, y) => forward(x, y, negativeSlope),
    backward: (y, dy, dx) => backward(y, dy, dx, negativeSlope),
  };
}
