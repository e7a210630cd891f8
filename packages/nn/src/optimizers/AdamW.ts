import type { Parameter } from "../Parameter.ts";
import { Adam, type AdamOptions } from "./Adam.ts";

/** Adam with decoupled weight decay (Loshchilov and Hutter, 2019): w −= η·λ·w beside Adam's step; λ is 0.01 by default, as in PyTorch. */
export class AdamW extends Adam {
  /** Optimizes `parameters`, which is not empty; takes memory for two moments of each. Throws an NnError on options out of range. */
  constructor(parameters: readonly Parameter[], options: Omit<AdamOptions, "decoupled"> = {}) {
    super(parameters, { weightDecay: 0.01, ...options, decoupled: true });
  }
}
