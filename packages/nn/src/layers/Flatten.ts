import { type Shape, sizeOf } from "../Shape.ts";
import type { Layer, LayerDescription } from "./Layer.ts";
import { passThrough } from "./passThrough.ts";

/** Samples of any shape as one row of features, line by line, the channels side by side: in memory they are that already. */
export class Flatten implements LayerDescription {
  readonly type = "flatten";

  output(input: Shape): Shape {
    return [sizeOf(input)];
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
