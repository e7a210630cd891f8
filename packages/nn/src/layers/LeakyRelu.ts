import { leakyRelu, type LeakyReluOptions } from "../activations/leakyRelu.ts";
import { ActivationLayer } from "./ActivationLayer.ts";

/** y = x where x is positive, else negativeSlope·x, element by element. Throws an NnError on a slope below 0. */
export class LeakyRelu extends ActivationLayer {
  readonly options: LeakyReluOptions;

  constructor(options: LeakyReluOptions = {}) {
    super(leakyRelu(options));
    this.options = options;
  }
}
