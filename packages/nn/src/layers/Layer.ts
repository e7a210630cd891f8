// A layer is described first (`new Dense({ units: 10 })`: immutable, no memory) and then built at its place in a model,
// which takes all the memory it will ever need. The built layer only runs kernels: nothing is allocated in a step, which is
// recorded once for each size of batch and replayed.
import type { Linalg, Matrix } from "@downhill/linalg";
import type { RandomStream } from "@downhill/random";
import type { Parameter } from "../Parameter.ts";

/** Where a layer is built. */
export interface Site {
  readonly linalg: Linalg;
  /** Unique in the model, such as `dense_1`. */
  readonly name: string;
  /** Width of the layer's input `[batch × inputs]`. */
  readonly inputs: number;
  /** Rows of the largest batch. */
  readonly batchSize: number;
  /** Initial values are drawn from here. */
  readonly stream: RandomStream;
  /** Whether anyone asks for ∂cost/∂input; nobody asks the first layer. */
  readonly needsInputGradient: boolean;
}

/** The description of a layer. */
export interface LayerDescription {
  /** The type that configs, summaries and model files name it by. */
  readonly type: string;
  /** Width of the output for `inputs` columns of input. */
  outputs(inputs: number): number;
  /** Trainable numbers for `inputs` columns of input. */
  parameterCount(inputs: number): number;
  /** Takes memory and initial values at its place in a model. */
  build(site: Site): Layer;
}

/** A built layer. */
export interface Layer {
  readonly parameters: readonly Parameter[];
  /** `[batch × inputs]` → `[batch × units]`; remembers what backward needs. The result is the layer's own memory. */
  forward(input: Matrix): Matrix;
  /** ∂cost/∂output → ∂cost/∂input; overwrites each parameter's gradient and may overwrite `outputGradient`. */
  backward(outputGradient: Matrix): Matrix;
}
