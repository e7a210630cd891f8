import { Matrix, meanSquaredError as kernel } from "@downhill/linalg";
import { NnError } from "../NnError.ts";
import type { Loss } from "./Loss.ts";

/** For values: the mean over a sample's outputs of (predicted − target)². */
export const meanSquaredError: Loss = {
  name: "meanSquaredError",
  targets: "values",
  measure: "rmse",
  evaluate(output, targets, gradient, losses) {
    if (!(targets instanceof Matrix)) throw new NnError("meanSquaredError: the targets are class indices; give values");
    kernel(output, targets, gradient, losses);
  },
};
