import { sigmoid as forward, sigmoidGradient as backward } from "@downhill/linalg";
import type { Activation } from "./Activation.ts";

/** f(x) = 1 / (1 + e⁻ˣ); f′ = f·(1 − f). */
export const sigmoid: Activation = { name: "sigmoid", gradientFrom: "output", forward, backward };
