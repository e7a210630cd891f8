import { axpy, type Cell } from "@downhill/linalg";
import type { Parameter } from "../Parameter.ts";
import type { StateEntry } from "../State.ts";
import type { Optimizer } from "./Optimizer.ts";

/** What gradient descent needs to know. */
export interface SgdOptions {
  /** Step size, 0.01 by default. */
  readonly learningRate?: number;
}

/** Gradient descent: value −= learningRate · gradient. */
export class Sgd implements Optimizer {
  readonly name = "sgd";
  readonly state: readonly StateEntry[] = [];
  readonly #parameters: readonly Parameter[];
  /** −learningRate, as axpy wants it. */
  readonly #alpha: Cell;

  /** Optimizes `parameters`, which is not empty. */
  constructor(parameters: readonly Parameter[], options: SgdOptions = {}) {
    const { learningRate = 0.01 } = options;
    this.#parameters = parameters;
    this.#alpha = parameters[0].value.linalg.cell(-learningRate);
  }

  get learningRate(): number {
    return -this.#alpha.value;
  }

  set learningRate(learningRate: number) {
    this.#alpha.value = -learningRate;
  }

  step(): void {
    for (const { value, gradient } of this.#parameters) axpy(this.#alpha, gradient, value);
  }
}
