import { gelu as forward, geluGradient as backward } from "@downhill/linalg";
import type { Activation } from "./Activation.ts";

/** f(x) = x·Φ(x) = ½x·(1 + erf(x/√2)), the exact form that Keras and PyTorch mean by gelu, not the one by tanh; f′ = Φ(x) + x·φ(x). */
export const gelu: Activation = { name: "gelu", gradientFrom: "input", forward, backward };
