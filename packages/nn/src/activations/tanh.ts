import { tanh as forward, tanhGradient as backward } from "@downhill/linalg";
import type { Activation } from "./Activation.ts";

/** f(x) = tanh x; f′ = 1 − f². */
export const tanh: Activation = { name: "tanh", gradientFrom: "output", forward, backward };
