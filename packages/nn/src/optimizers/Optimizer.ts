import type { StateEntry } from "../State.ts";

/** Changes parameters by their gradients. It is made for a model's parameters and takes its memory then. */
export interface Optimizer {
  /** The name that configs and summaries use. */
  readonly name: string;
  /** Step size; setting it changes the next step. */
  learningRate: number;
  /** What a step changes besides the parameters. */
  readonly state: readonly StateEntry[];
  /**
   * One update of every parameter from its gradient. Runs kernels only: it is called once for each size of batch and replayed,
   * so what changes from step to step lives in cells.
   */
  step(): void;
}
