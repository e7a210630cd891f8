// A layer is described first (`new Dense({ units: 10 })`: immutable, no memory) and then built at its place in a model,
// which takes all the memory it will ever need. The built layer only runs kernels: nothing is allocated in a step, which is
// recorded once for each size of batch and replayed.
import type { Linalg, Matrix } from "@downhill/linalg";
import type { RandomStream } from "@downhill/random";
import type { Parameter } from "../Parameter.ts";
import type { Shape } from "../Shape.ts";
import type { StateEntry } from "../State.ts";

/** What a forward pass is for: layers such as Dropout and BatchNorm do another thing in training than afterwards. */
export type Mode = "training" | "inference";

/** Where a layer is built. */
export interface Site {
  readonly linalg: Linalg;
  /** Unique in the model, such as `dense_1`. */
  readonly name: string;
  /** The shape of a sample as it comes in; the input is `[batch × product of its sizes]`. */
  readonly input: Shape;
  /** Rows of the largest batch. */
  readonly batchSize: number;
  /** Initial values are drawn from here. */
  readonly stream: RandomStream;
  /** What a layer draws while it trains. */
  readonly dropout: RandomStream;
  /** Whether anyone asks for ∂cost/∂input; nobody asks the first layer. */
  readonly needsInputGradient: boolean;
}

/** The description of a layer. */
export interface LayerDescription {
  /** The type that configs, summaries and model files name it by. */
  readonly type: string;
  /** The name of the activation that is done last, if any: some are only for the end of a model. */
  readonly activation?: string | undefined;
  /** The shape of a sample as it goes out. Throws an NnError, without the layer's name, if samples of this shape can't come in. */
  output(input: Shape): Shape;
  /** Trainable numbers for samples of this shape. */
  parameterCount(input: Shape): number;
  /** Multiplications and additions of the forward pass of a sample, each counted as one. */
  flops(input: Shape): number;
  /** Takes memory and initial values at its place in a model. */
  build(site: Site): Layer;
}

/** A built layer. */
export interface Layer {
  readonly parameters: readonly Parameter[];
  /** What training changes besides the parameters. */
  readonly state: readonly StateEntry[];
  /** `[batch × inputs]` → `[batch × outputs]`; remembers what backward needs. The result is the layer's own memory. */
  forward(input: Matrix, mode: Mode): Matrix;
  /** ∂cost/∂output → ∂cost/∂input; overwrites each parameter's gradient and may overwrite `outputGradient`. */
  backward(outputGradient: Matrix): Matrix;
}
