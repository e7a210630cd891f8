// A model taken from a run folder, ready to be asked: weights, preprocessing and class names together.
import { type Batch, type Preprocessing, restoreValues } from "@downhill/data";
import { createLinalg, type Matrix, sigmoid } from "@downhill/linalg";
import {
  type EpochResult,
  type LayerDescription,
  layerFromConfig,
  loadTrainingTensors,
  lossFromConfig,
  meansOf,
  nameLayers,
  NnError,
  NO_SUMS,
  predict,
  Sequential,
} from "@downhill/nn";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { ModelFile } from "./modelFile.ts";
import { modelPath, readModelFile } from "./readModelFile.ts";
import { sampleShape } from "./sampleShape.ts";

/** Rows that go through the model at once; the results don't depend on it. */
export const BATCH_SIZE = 1024;

/** What is said of rows for which the model gives no finite number. */
export const NOT_FINITE = "the model has no answer; a feature is no number, or far larger than any that it was trained on";

/** What the model gave for some consecutive samples, valid until the next batch. */
export interface OutputBatch {
  /** Index of the first of them. */
  readonly start: number;
  readonly size: number;
  /** Class indices [size], or values [size × outputs] as training sees them. */
  readonly targets: Batch["targets"];
  /** [size × outputs]: logits, or values as training sees them. */
  readonly outputs: Float32Array;
}

/** A pass over samples: the mean loss, and the share of classes that were right or the error of values as training sees them. */
export type Pass = Pick<EpochResult, "samples" | "cost" | "accuracy" | "rmse">;

/** A trained model and what has to be done to rows before it sees them. */
export class TrainedModel {
  readonly preprocessing: Preprocessing;
  /** How its training rows were read. */
  readonly dialect: ModelFile["dialect"];
  readonly loss: ModelFile["loss"];
  readonly #model: Sequential;
  /** Where the pass over a batch of this size leaves what the last layer gives. */
  readonly #outputs = new Map<number, Matrix>();

  private constructor(model: Sequential, file: ModelFile) {
    this.preprocessing = file.preprocessing;
    this.dialect = file.dialect;
    this.loss = file.loss;
    this.#model = model;
  }

  /** Reads the model of a run folder. Throws a PipelineError (model) if there is none or it is broken. */
  static async open(runDir: string): Promise<TrainedModel> {
    return TrainedModel.of(await readModelFile(runDir), modelPath(runDir));
  }

  /** The model that a file at `path` holds. Throws a PipelineError (model) if its tensors are not those of its layers. */
  static async of(file: ModelFile, path: string): Promise<TrainedModel> {
    const linalg = await createLinalg();
    try {
      const layers = file.layers.map(layerFromConfig);
      checkSize(layers, file);
      const model = new Sequential(linalg, {
        inputs: sampleShape(file.preprocessing.inputs, file.preprocessing.image),
        layers,
        loss: lossFromConfig(file.loss),
        batchSize: BATCH_SIZE,
      });
      loadTrainingTensors(model, undefined, file.tensors);
      return new TrainedModel(model, file);
    } catch (cause) {
      throw new PipelineError(EXIT.model, `${path}: ${(cause as Error).message}`, { cause });
    }
  }

  /** How many classes or values it gives for a row. */
  get outputs(): number {
    return this.#model.predictions;
  }

  /** Probabilities, or values in their own unit, of `size` preprocessed rows, at most BATCH_SIZE: [size × outputs]. */
  predict(features: Float32Array, size: number): Float32Array {
    const { target } = this.preprocessing;
    const outputs = predict(this.#model, features, size);
    return target === undefined ? outputs : restoreValues(target, outputs);
  }

  /** Takes preprocessed samples, at most BATCH_SIZE in a batch, through the model and its loss once, and has `look` see the outputs on the way. */
  async pass(batches: Iterable<Batch> | AsyncIterable<Batch>, look: (batch: OutputBatch) => void): Promise<Pass> {
    const { workspace, programs, loss } = this.#model;
    let samples = 0;
    workspace.reset(NO_SUMS);
    for await (const { features, targets, size } of batches) {
      const batch = workspace.load({ features, targets, size });
      const program = programs.of(this, workspace, size, () => {
        const output = this.#model.forward(batch.features, "inference");
        workspace.evaluate(output, batch.targets);
        // Of labels, as of values, it is the predictions that are looked at.
        if (loss.output === "sigmoid" && loss.targets === "values") sigmoid(output, output);
        this.#outputs.set(size, output);
      });
      program.run();
      look({ start: samples, size, targets, outputs: this.#byClass((this.#outputs.get(size) as Matrix).data) });
      samples += size;
    }
    return { samples, ...meansOf({ samples, ...workspace.sums }, loss.measure) };
  }

  // Of two classes the last layer may give the second one's logit alone; the first one's is 0.
  #byClass(logits: Float32Array): Float32Array {
    if (this.#model.predictions === this.#model.outputs) return logits;
    const both = new Float32Array(2 * logits.length);
    logits.forEach((logit, row) => (both[2 * row + 1] = logit));
    return both;
  }
}

// Before memory is taken: damaged metadata may ask for any.
function checkSize(layers: readonly LayerDescription[], { preprocessing, tensors }: ModelFile): void {
  for (const { name, parameters } of nameLayers(layers, sampleShape(preprocessing.inputs, preprocessing.image))) {
    const held = tensors.filter((tensor) => tensor.name.startsWith(`${name}/`)).reduce((sum, { data }) => sum + data.length, 0);
    if (parameters > held) throw new NnError(`${name} has ${parameters} parameters, but its tensors hold ${held} numbers`);
  }
}
