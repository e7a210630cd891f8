import { sigmoid } from "../activations/sigmoid.ts";
import { ActivationLayer } from "./ActivationLayer.ts";

/** y = 1 / (1 + e⁻ˣ), element by element. */
export class Sigmoid extends ActivationLayer {
  constructor() {
    super(sigmoid);
  }
}
