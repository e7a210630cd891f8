// A model taken from a run folder, ready to be asked: weights, preprocessing and class names together.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Features, type Preprocessing, preprocessFeatures, preprocessSamples, restoreValues, type Samples } from "@downhill/data";
import { createLinalg, type Linalg } from "@downhill/linalg";
import { ConfusionMatrix, MeanAbsoluteError, R2 } from "@downhill/metrics";
import { evaluate, layerFromConfig, loadTrainingTensors, lossFromConfig, predict, ResidentSamples, Sequential } from "@downhill/nn";
import type { Result } from "@downhill/sinks";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { RUN_FILES } from "../run/runFolder.ts";
import { targetNumbers } from "../trainer/loadSets.ts";
import { decodeModel } from "./decodeModel.ts";
import type { ModelFile } from "./modelFile.ts";
import { sampleShape } from "./sampleShape.ts";

/** Rows that go through the model at once; the results don't depend on it. */
const BATCH_SIZE = 1024;
const NOT_FINITE = "the model has no answer; a feature is no number, or far larger than any that it was trained on";

/**
 * How well a model does on a set; `confusionMatrix[actual][predicted]` counts samples, where targets are classes. Errors are in the values'
 * unit; `r2` is the mean over the outputs, and not there where an output's values are all the same.
 */
export interface Evaluation extends Result {
  readonly samples: number;
  readonly classes?: readonly string[];
  readonly confusionMatrix?: readonly (readonly number[])[];
  readonly meanAbsoluteError?: number;
  readonly r2?: number;
}

/** A trained model and what has to be done to rows before it sees them. */
export class TrainedModel {
  readonly preprocessing: Preprocessing;
  readonly loss: ModelFile["loss"];
  readonly #linalg: Linalg;
  readonly #model: Sequential;

  private constructor(linalg: Linalg, model: Sequential, file: ModelFile) {
    this.preprocessing = file.preprocessing;
    this.loss = file.loss;
    this.#linalg = linalg;
    this.#model = model;
  }

  /** Reads the model of a run folder. Throws a PipelineError (model) if there is none or it is broken. */
  static async open(runDir: string): Promise<TrainedModel> {
    const path = join(runDir, RUN_FILES.model);
    const file = decodeModel(await readModel(path), path);
    const linalg = await createLinalg();
    try {
      const model = new Sequential(linalg, {
        inputs: sampleShape(file.preprocessing.inputs, file.preprocessing.image),
        layers: file.layers.map(layerFromConfig),
        loss: lossFromConfig(file.loss),
        batchSize: BATCH_SIZE,
      });
      loadTrainingTensors(model, undefined, file.tensors);
      return new TrainedModel(linalg, model, file);
    } catch (cause) {
      throw new PipelineError(EXIT.model, `${path}: ${(cause as Error).message}`, { cause });
    }
  }

  /** How well the model does on raw samples, which it may scale in place. Throws a PipelineError (data) if the cost is not finite. */
  async evaluate(samples: Samples): Promise<Evaluation> {
    const { target } = this.preprocessing;
    const ready = preprocessSamples(this.preprocessing, samples);
    const arrays = { features: ready.features, targets: targetNumbers(ready.targets), size: ready.count };
    const resident = new ResidentSamples(this.#linalg, arrays, this.#model.loss);
    const { cost, accuracy, rmse } = await evaluate(this.#model, resident.batches({ batchSize: BATCH_SIZE }));
    if (!Number.isFinite(cost)) throw new PipelineError(EXIT.data, `the cost is ${cost}: ${NOT_FINITE}`);
    return {
      samples: samples.count,
      cost,
      ...(accuracy !== undefined && { accuracy }),
      ...(rmse !== undefined && { rmse: rmse * (target?.deviation ?? 1) }),
      ...this.#confusion(ready),
      ...this.#errors(ready, samples),
    };
  }

  /** Probabilities (or values) of raw rows, one array a row; it may scale the rows in place. Throws a PipelineError (data) at one that is not finite. */
  *predict(rows: Features): Generator<Float32Array> {
    const { target } = this.preprocessing;
    for (const outputs of this.#outputs(preprocessFeatures(this.preprocessing, rows))) {
      yield target === undefined ? outputs : restoreValues(target, outputs);
    }
  }

  // How often each class is taken for each, for samples that are scaled already.
  #confusion(samples: Samples): Pick<Evaluation, "classes" | "confusionMatrix"> {
    const { targets } = samples;
    const { classes } = this.preprocessing;
    if (targets.kind !== "classes" || classes === undefined) return {};
    const matrix = new ConfusionMatrix(this.#model.predictions);
    let row = 0;
    for (const outputs of this.#outputs(samples)) {
      matrix.update([outputs.indexOf(Math.max(...outputs))], [targets.indices[row]]);
      row += 1;
    }
    return { classes, confusionMatrix: matrix.result() };
  }

  // Of values in their own unit; `ready` is `samples` as the model sees them.
  #errors(ready: Samples, { targets }: Samples): Pick<Evaluation, "meanAbsoluteError" | "r2"> {
    if (targets.kind === "classes") return {};
    const { target } = this.preprocessing;
    const distance = new MeanAbsoluteError();
    const explained = Array.from({ length: targets.outputs }, () => new R2());
    let row = 0;
    for (const outputs of this.#outputs(ready)) {
      const predicted = target === undefined ? outputs : restoreValues(target, outputs);
      const actual = targets.values.subarray(row * targets.outputs, (row + 1) * targets.outputs);
      distance.update(predicted, actual);
      explained.forEach((metric, output) => metric.update([predicted[output]], [actual[output]]));
      row += 1;
    }
    const r2 = explained.reduce((sum, metric) => sum + metric.result(), 0) / targets.outputs;
    return { meanAbsoluteError: distance.result(), ...(Number.isFinite(r2) && { r2 }) };
  }

  *#outputs(rows: Features): Generator<Float32Array> {
    const { inputs, predictions: outputs } = this.#model;
    for (let start = 0; start < rows.count; start += BATCH_SIZE) {
      const size = Math.min(BATCH_SIZE, rows.count - start);
      const results = predict(this.#model, rows.features.subarray(start * inputs, (start + size) * inputs), size);
      for (let row = 0; row < size; row += 1) {
        const result = results.subarray(row * outputs, (row + 1) * outputs);
        if (!result.every(Number.isFinite)) throw new PipelineError(EXIT.data, `record ${start + row + 1}: ${NOT_FINITE}`);
        yield result;
      }
    }
  }
}

async function readModel(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new PipelineError(
      EXIT.model,
      `${path}: ${missing ? "there is no model here; give the folder of a run that has ended" : (cause as Error).message}`,
      { cause },
    );
  }
}
