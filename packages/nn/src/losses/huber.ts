import { huber as kernel, Matrix } from "@downhill/linalg";
import { NnError } from "../NnError.ts";
import type { Loss } from "./Loss.ts";

/** What the Huber loss is made of. */
export interface HuberOptions {
  /** From this distance on it grows linearly, 1 by default, in the unit that is trained on (of scaled targets, the scaled one). */
  readonly delta?: number;
}

/** For values: the mean over a sample's outputs of d²/2 where |d| ≤ delta, else delta·(|d| − delta/2) (Huber, 1964). Throws an NnError unless delta is positive. */
export function huber(options: HuberOptions = {}): Loss {
  const { delta = 1 } = options;
  if (!(delta > 0 && delta < Infinity)) throw new NnError(`huber: delta is ${delta}; it must be above 0`);
  return {
    name: "huber",
    targets: "values",
    measure: "rmse",
    evaluate(output, targets, gradient, losses) {
      if (!(targets instanceof Matrix)) throw new NnError("huber: the targets are class indices; give values");
      kernel(output, targets, gradient, losses, delta);
    },
  };
}
