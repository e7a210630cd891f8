// An activation as a layer of its own. It keeps its output apart from its input, which the layer before may still need.
import type { Matrix } from "@downhill/linalg";
import type { Activation } from "../activations/Activation.ts";
import { type Shape, sizeOf } from "../Shape.ts";
import type { Layer, LayerDescription, Site } from "./Layer.ts";

/** A layer that applies an activation to each element. */
export class ActivationLayer implements LayerDescription {
  readonly type: string;
  readonly activation: string;
  readonly #activation: Activation;

  constructor(activation: Activation) {
    this.type = activation.name;
    this.activation = activation.name;
    this.#activation = activation;
  }

  output(input: Shape): Shape {
    return input;
  }

  parameterCount(): number {
    return 0;
  }

  flops(input: Shape): number {
    return sizeOf(input);
  }

  build(site: Site): Layer {
    const activation = this.#activation;
    const output = site.linalg.matrix(site.batchSize, sizeOf(site.input));
    let side = output;
    return {
      parameters: [],
      state: [],
      forward(input: Matrix): Matrix {
        const y = output.firstRows(input.rows);
        side = activation.gradientFrom === "output" ? y : input;
        activation.forward(input, y);
        return y;
      },
      backward(outputGradient: Matrix): Matrix {
        activation.backward(side, outputGradient, outputGradient);
        return outputGradient;
      },
    };
  }
}
