import { adam, advancePower, type AdamRates, type Matrix } from "@downhill/linalg";
import type { Parameter } from "../Parameter.ts";
import type { StateEntry } from "../State.ts";
import { checkNumber, GradientClip, type GradientOptions } from "./GradientOptions.ts";
import type { Optimizer } from "./Optimizer.ts";

/** What Adam needs to know. */
export interface AdamOptions extends GradientOptions {
  /** Step size η, 0.001 by default. */
  readonly learningRate?: number;
  /** Decay of the first moment, 0.9 by default. */
  readonly beta1?: number;
  /** Decay of the second moment, 0.999 by default. */
  readonly beta2?: number;
  /** Keeps the division finite, 1e-7 by default. */
  readonly epsilon?: number;
  /** Whether the weight decay is AdamW's, beside the step; false by default: it is part of the gradient. */
  readonly decoupled?: boolean;
}

/** Adam (Kingma and Ba, 2015, algorithm 1): steps scaled by running moments of each gradient. */
export class Adam implements Optimizer {
  readonly name: string;
  readonly state: readonly StateEntry[];
  readonly #parameters: readonly (Parameter & { readonly m: Matrix; readonly v: Matrix })[];
  readonly #rates: AdamRates;
  readonly #clip: GradientClip;

  /** Optimizes `parameters`, which is not empty; takes memory for two moments of each. Throws an NnError on options out of range. */
  constructor(parameters: readonly Parameter[], options: AdamOptions = {}) {
    const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, weightDecay = 0, decoupled = false } = options;
    this.name = decoupled ? "adamW" : "adam";
    checkNumber(this.name, "beta1", beta1, beta1 >= 0 && beta1 < 1, "from 0 to below 1");
    checkNumber(this.name, "beta2", beta2, beta2 >= 0 && beta2 < 1, "from 0 to below 1");
    checkNumber(this.name, "epsilon", epsilon, epsilon > 0, "above 0");
    this.#clip = new GradientClip(this.name, parameters, options);
    const { linalg } = parameters[0].value;
    const moment = ({ value }: Parameter): Matrix => linalg.matrix(value.rows, value.columns);
    this.#parameters = parameters.map((parameter) => ({ ...parameter, m: moment(parameter), v: moment(parameter) }));
    this.#rates = {
      learningRate: linalg.cell(learningRate),
      power1: linalg.cell(1),
      power2: linalg.cell(1),
      beta1,
      beta2,
      epsilon,
      ...(this.#clip.scale && { scale: this.#clip.scale }),
      clip: this.#clip.clip,
      decay: weightDecay,
      decoupled,
    };
    this.state = [
      { name: "adam/power1", value: this.#rates.power1 },
      { name: "adam/power2", value: this.#rates.power2 },
      ...this.#parameters.flatMap(({ name, m, v }) => [
        { name: `${name}/m`, value: m },
        { name: `${name}/v`, value: v },
      ]),
    ];
  }

  get learningRate(): number {
    return this.#rates.learningRate.value;
  }

  set learningRate(learningRate: number) {
    this.#rates.learningRate.value = learningRate;
  }

  step(): void {
    this.#clip.measure();
    advancePower(this.#rates.power1, this.#rates.beta1);
    advancePower(this.#rates.power2, this.#rates.beta2);
    for (const { value, gradient, m, v } of this.#parameters) adam(value, gradient, m, v, this.#rates);
  }
}
