import { tanh } from "../activations/tanh.ts";
import { ActivationLayer } from "./ActivationLayer.ts";

/** y = tanh x, element by element. */
export class Tanh extends ActivationLayer {
  constructor() {
    super(tanh);
  }
}
