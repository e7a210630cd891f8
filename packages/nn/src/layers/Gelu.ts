import { gelu } from "../activations/gelu.ts";
import { ActivationLayer } from "./ActivationLayer.ts";

/** y = x·Φ(x), the exact form, element by element. */
export class Gelu extends ActivationLayer {
  constructor() {
    super(gelu);
  }
}
