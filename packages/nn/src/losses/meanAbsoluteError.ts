import { Matrix, meanAbsoluteError as kernel } from "@downhill/linalg";
import { NnError } from "../NnError.ts";
import type { Loss } from "./Loss.ts";

/** For values: the mean over a sample's outputs of |predicted − target|; the gradient is 0 where they are equal. */
export const meanAbsoluteError: Loss = {
  name: "meanAbsoluteError",
  targets: "values",
  measure: "rmse",
  evaluate(output, targets, gradient, losses) {
    if (!(targets instanceof Matrix)) throw new NnError("meanAbsoluteError: the targets are class indices; give values");
    kernel(output, targets, gradient, losses);
  },
};
