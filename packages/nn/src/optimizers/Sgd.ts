import { axpy, type Cell, type Matrix, sgd, type SgdRates } from "@downhill/linalg";
import { NnError } from "../NnError.ts";
import type { Parameter } from "../Parameter.ts";
import type { StateEntry } from "../State.ts";
import { checkNumber, GradientClip, type GradientOptions } from "./GradientOptions.ts";
import type { Optimizer } from "./Optimizer.ts";

/** What gradient descent needs to know. */
export interface SgdOptions extends GradientOptions {
  /** Step size η, 0.01 by default. */
  readonly learningRate?: number;
  /** Share μ of the velocity that is kept from step to step, 0 by default; below 1. */
  readonly momentum?: number;
  /** Whether the step looks ahead by the momentum (Nesterov's); false by default. */
  readonly nesterov?: boolean;
}

/** Gradient descent: v = μ·v + g, w −= η·v, or with nesterov w −= η·(g + μ·v); as PyTorch has it, without dampening. */
export class Sgd implements Optimizer {
  readonly name = "sgd";
  readonly state: readonly StateEntry[];
  readonly #parameters: readonly (Parameter & { readonly velocity: Matrix | undefined })[];
  readonly #rates: SgdRates;
  readonly #clip: GradientClip;
  /** −learningRate, where a step is nothing but an axpy, which linalg does within the product that gives the gradient. */
  readonly #plain: Cell | undefined;

  /** Optimizes `parameters`, which is not empty; takes memory for a velocity of each if there is momentum. Throws an NnError on options out of range. */
  constructor(parameters: readonly Parameter[], options: SgdOptions = {}) {
    const { learningRate = 0.01, momentum = 0, nesterov = false, weightDecay = 0, clipNorm, clipValue } = options;
    checkNumber("sgd", "momentum", momentum, momentum >= 0 && momentum < 1, "from 0 to below 1");
    if (nesterov && momentum === 0)
      throw new NnError("sgd: nesterov looks ahead by the momentum, which is 0; give a momentum, such as 0.9");
    const { linalg } = parameters[0].value;
    this.#clip = new GradientClip("sgd", parameters, options);
    this.#parameters = parameters.map((parameter) => ({
      ...parameter,
      velocity: momentum === 0 ? undefined : linalg.matrix(parameter.value.rows, parameter.value.columns),
    }));
    this.#rates = {
      learningRate: linalg.cell(learningRate),
      ...(this.#clip.scale && { scale: this.#clip.scale }),
      clip: this.#clip.clip,
      decay: weightDecay,
      momentum,
      nesterov,
    };
    const plain = momentum === 0 && weightDecay === 0 && clipNorm === undefined && clipValue === undefined;
    this.#plain = plain ? linalg.cell(-learningRate) : undefined;
    this.state = this.#parameters.flatMap(({ name, velocity }) => (velocity ? [{ name: `${name}/velocity`, value: velocity }] : []));
  }

  get learningRate(): number {
    return this.#rates.learningRate.value;
  }

  set learningRate(learningRate: number) {
    this.#rates.learningRate.value = learningRate;
    if (this.#plain !== undefined) this.#plain.value = -learningRate;
  }

  step(): void {
    if (this.#plain !== undefined) {
      for (const { value, gradient } of this.#parameters) axpy(this.#plain, gradient, value);
      return;
    }
    this.#clip.measure();
    for (const { value, gradient, velocity } of this.#parameters) sgd(value, gradient, velocity, this.#rates);
  }
}
