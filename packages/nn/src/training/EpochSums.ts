/** What the batches of a pass add up to: handed on, a pass that was interrupted ends in the same numbers as one that was not. */
export interface EpochSums {
  readonly samples: number;
  /** Σ of their losses. */
  readonly lossSum: number;
  /** How many were classified right; 0 where targets are values. */
  readonly hits: number;
}
