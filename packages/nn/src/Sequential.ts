// A model: layers one after another, and the loss that it is trained on.
import type { Linalg, Matrix } from "@downhill/linalg";
import { randomStream } from "@downhill/random";
import { checkOutput } from "./checkOutput.ts";
import type { Layer, LayerDescription, Mode, Site } from "./layers/Layer.ts";
import type { Loss } from "./losses/Loss.ts";
import { NnError } from "./NnError.ts";
import type { Parameter } from "./Parameter.ts";
import { type NamedLayer, nameLayers } from "./nameLayers.ts";
import { type Shape, shapeText, sizeOf } from "./Shape.ts";
import type { StateEntry } from "./State.ts";
import { Programs } from "./training/Programs.ts";
import { Workspace } from "./training/Workspace.ts";

/** What a Sequential model is made of. */
export interface SequentialOptions {
  /** Width of the input `[batch × inputs]`, or the shape of a sample: `[28, 28, 1]` for what takes images. */
  readonly inputs: number | Shape;
  readonly layers: readonly LayerDescription[];
  readonly loss: Loss;
  /** Rows of the largest batch that the model will see; memory is taken for it. */
  readonly batchSize: number;
  /** Fixes the initial weights and what dropout draws, 0 by default. */
  readonly seed?: number;
}

/** Layers in sequence, with all the memory they will need. Throws an NnError without layers or inputs. */
export class Sequential {
  readonly linalg: Linalg;
  readonly inputs: number;
  /** Width of the last layer's output. */
  readonly outputs: number;
  /** Width of what `predict` gives: the outputs, or 2 where one output tells two classes apart. */
  readonly predictions: number;
  readonly batchSize: number;
  readonly loss: Loss;
  /** Every parameter in layer order, weights before biases. */
  readonly parameters: readonly Parameter[];
  /** What training changes besides the parameters, in layer order. */
  readonly state: readonly StateEntry[];
  /** Memory that every step shares. */
  readonly workspace: Workspace;
  /** Steps that were captured, to be replayed. */
  readonly programs: Programs;
  readonly #layers: readonly Layer[];
  readonly #names: readonly string[];
  /** Input and output of each layer in the last forward pass for training that was made or captured. */
  #passed: readonly Matrix[] = [];

  constructor(linalg: Linalg, options: SequentialOptions) {
    const { inputs, layers, loss, batchSize, seed = 0 } = options;
    if (layers.length === 0) throw new NnError("Sequential: there are no layers; give at least one");
    const shape = typeof inputs === "number" ? [inputs] : inputs;
    if (shape.length === 0 || !shape.every((size) => Number.isSafeInteger(size) && size >= 1))
      throw new NnError(`Sequential: inputs is ${shapeText(shape)}; it must be at least 1`);
    if (!Number.isSafeInteger(batchSize) || batchSize < 1)
      throw new NnError(`Sequential: batchSize is ${batchSize}; it must be at least 1`);
    const named = nameLayers(layers, shape);
    checkOutput(named, loss);
    this.linalg = linalg;
    this.inputs = sizeOf(shape);
    this.batchSize = batchSize;
    this.loss = loss;
    const streams = { stream: randomStream(seed, "init"), dropout: randomStream(seed, "dropout") };
    this.#layers = named.map((layer, index) => buildLayer(layer, index, { linalg, batchSize, ...streams }));
    this.#names = named.map(({ name }) => name);
    this.outputs = named[named.length - 1].outputs;
    this.predictions = loss.output === "sigmoid" && loss.targets === "classes" ? 2 : this.outputs;
    this.parameters = this.#layers.flatMap((layer) => layer.parameters);
    this.state = this.#layers.flatMap((layer) => layer.state);
    if (this.parameters.length === 0)
      throw new NnError("Sequential: no layer has parameters, so there is nothing to train; add a Dense layer");
    this.workspace = new Workspace(linalg, this, loss);
    this.programs = new Programs(linalg);
  }

  /** The output `[batch × outputs]` for `input` `[batch × inputs]`, in memory that the next call overwrites. */
  forward(input: Matrix, mode: Mode): Matrix {
    const passed = [input];
    for (const layer of this.#layers) passed.push(layer.forward(passed[passed.length - 1], mode));
    if (mode === "training") this.#passed = passed;
    return passed[passed.length - 1];
  }

  /** The name of the first layer whose output of the last batch in training holds NaN or an infinity; `"input"` if the batch itself does, undefined if nothing does. */
  firstNonFinite(): string | undefined {
    const index = this.#passed.findIndex(({ data }) => !data.every(Number.isFinite));
    return index === -1 ? undefined : ["input", ...this.#names][index];
  }

  /** Overwrites every parameter's gradient, from ∂cost/∂output of the last forward pass. */
  backward(outputGradient: Matrix): void {
    this.#layers.reduceRight((gradient, layer) => layer.backward(gradient), outputGradient);
  }
}

// Each layer draws its initial values from a substream of its own: changing one leaves the others as they were.
function buildLayer(layer: NamedLayer, index: number, place: Pick<Site, "linalg" | "batchSize" | "stream" | "dropout">): Layer {
  return layer.description.build({
    linalg: place.linalg,
    name: layer.name,
    input: layer.input,
    batchSize: place.batchSize,
    stream: place.stream.substream(index),
    dropout: place.dropout.substream(index),
    needsInputGradient: index > 0,
  });
}
