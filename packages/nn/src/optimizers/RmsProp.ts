import { type Matrix, rmsProp, type RmsPropRates } from "@downhill/linalg";
import type { Parameter } from "../Parameter.ts";
import type { StateEntry } from "../State.ts";
import { checkNumber, GradientClip, type GradientOptions } from "./GradientOptions.ts";
import type { Optimizer } from "./Optimizer.ts";

/** What RMSProp needs to know. */
export interface RmsPropOptions extends GradientOptions {
  /** Step size η, 0.001 by default as in Keras. */
  readonly learningRate?: number;
  /** Decay ρ of the mean square, 0.9 by default as in Keras; below 1. */
  readonly rho?: number;
  /** Keeps the division finite, 1e-7 by default as in Keras; added to the root, as in PyTorch. */
  readonly epsilon?: number;
}

/** RMSProp (Tieleman and Hinton, 2012): v = ρ·v + (1 − ρ)·g², w −= η·g / (√v + ε). */
export class RmsProp implements Optimizer {
  readonly name = "rmsProp";
  readonly state: readonly StateEntry[];
  readonly #parameters: readonly (Parameter & { readonly v: Matrix })[];
  readonly #rates: RmsPropRates;
  readonly #clip: GradientClip;

  /** Optimizes `parameters`, which is not empty; takes memory for a mean square of each. Throws an NnError on options out of range. */
  constructor(parameters: readonly Parameter[], options: RmsPropOptions = {}) {
    const { learningRate = 0.001, rho = 0.9, epsilon = 1e-7, weightDecay = 0 } = options;
    checkNumber("rmsProp", "rho", rho, rho >= 0 && rho < 1, "from 0 to below 1");
    checkNumber("rmsProp", "epsilon", epsilon, epsilon > 0, "above 0");
    const { linalg } = parameters[0].value;
    this.#clip = new GradientClip("rmsProp", parameters, options);
    this.#parameters = parameters.map((parameter) => ({
      ...parameter,
      v: linalg.matrix(parameter.value.rows, parameter.value.columns),
    }));
    this.#rates = {
      learningRate: linalg.cell(learningRate),
      ...(this.#clip.scale && { scale: this.#clip.scale }),
      clip: this.#clip.clip,
      decay: weightDecay,
      rho,
      epsilon,
    };
    this.state = this.#parameters.map(({ name, v }) => ({ name: `${name}/v`, value: v }));
  }

  get learningRate(): number {
    return this.#rates.learningRate.value;
  }

  set learningRate(learningRate: number) {
    this.#rates.learningRate.value = learningRate;
  }

  step(): void {
    this.#clip.measure();
    for (const { value, gradient, v } of this.#parameters) rmsProp(value, gradient, v, this.#rates);
  }
}
