// The end of a model of classes, for those who write it down. It computes nothing: softmaxCrossEntropy takes logits and contains the
// softmax, which is more exact, and `predict` applies it.
import type { Shape } from "../Shape.ts";
import type { Layer, LayerDescription } from "./Layer.ts";
import { passThrough } from "./passThrough.ts";

/** Says that a model's output is probabilities; only as the last layer, with softmaxCrossEntropy. */
export class Softmax implements LayerDescription {
  readonly type = "softmax";
  readonly activation = "softmax";

  output(input: Shape): Shape {
    return input;
  }

  parameterCount(): number {
    return 0;
  }

  flops(): number {
    return 0;
  }

  build(): Layer {
    return passThrough();
  }
}
