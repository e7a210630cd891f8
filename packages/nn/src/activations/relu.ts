import { relu as forward, reluGradient as backward } from "@downhill/linalg";
import type { Activation } from "./Activation.ts";

/** f(x) = max(x, 0); f′ = 1 where the output is positive, else 0. */
export const relu: Activation = { name: "relu", gradientFrom: "output", forward, backward };
