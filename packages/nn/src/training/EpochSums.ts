/** What the batches of a pass add up to: handed on, a pass that was interrupted ends in the same numbers as one that was not. */
export interface EpochSums {
  readonly samples: number;
  /** Σ of their losses. */
  readonly lossSum: number;
  /** How many were classified right; 0 where targets are values. */
  readonly hits: number;
  /** Σ of their mean square errors; 0 where targets are classes. */
  readonly squares: number;
}

/** Before the first batch. */
export const NO_SUMS: EpochSums = { samples: 0, lossSum: 0, hits: 0, squares: 0 };

/** The mean loss, and what tells a person how good a model is: the share of right answers, or the root of the mean square error. */
export function meansOf(
  { samples, lossSum, hits, squares }: EpochSums,
  measure: "accuracy" | "rmse",
): { readonly cost: number; readonly accuracy?: number; readonly rmse?: number } {
  const means = measure === "accuracy" ? { accuracy: hits / samples } : { rmse: Math.sqrt(squares / samples) };
  return { cost: lossSum / samples, ...means };
}
