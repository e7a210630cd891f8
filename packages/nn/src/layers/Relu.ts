import { relu } from "../activations/relu.ts";
import { ActivationLayer } from "./ActivationLayer.ts";

/** y = max(x, 0), element by element. */
export class Relu extends ActivationLayer {
  constructor() {
    super(relu);
  }
}
