// A model taken from a run folder, ready to be asked: weights, preprocessing and class names together.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Batch,
  batches,
  type Features,
  type Preprocessing,
  preprocessFeatures,
  preprocessSamples,
  restoreValues,
  type Samples,
  type StreamedSamples,
} from "@downhill/data";
import { createLinalg } from "@downhill/linalg";
import { ConfusionMatrix, MeanAbsoluteError, R2 } from "@downhill/metrics";
import { evaluate, layerFromConfig, loadParameters, losses, predict, Sequential } from "@downhill/nn";
import type { Result } from "@downhill/sinks";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { RUN_FILES } from "../run/runFolder.ts";
import { decodeModel } from "./decodeModel.ts";
import type { ModelFile } from "./modelFile.ts";

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
  readonly #model: Sequential;

  private constructor(model: Sequential, file: ModelFile) {
    this.preprocessing = file.preprocessing;
    this.loss = file.loss;
    this.#model = model;
  }

  /** Reads the model of a run folder. Throws a PipelineError (model) if there is none or it is broken. */
  static async open(runDir: string): Promise<TrainedModel> {
    const path = join(runDir, RUN_FILES.model);
    const file = decodeModel(await readModel(path), path);
    const linalg = await createLinalg();
    try {
      const model = new Sequential(linalg, {
        inputs: file.preprocessing.inputs,
        layers: file.layers.map(layerFromConfig),
        loss: losses[file.loss],
        batchSize: BATCH_SIZE,
      });
      loadParameters(model, file.tensors);
      return new TrainedModel(model, file);
    } catch (cause) {
      throw new PipelineError(EXIT.model, `${path}: ${(cause as Error).message}`, { cause });
    }
  }

  /** How well the model does on raw samples, which it may scale in place. Throws a PipelineError (data) if the cost is not finite. */
  async evaluate(samples: Samples): Promise<Evaluation> {
    const ready = preprocessSamples(this.preprocessing, samples);
    return this.#measure(samples.count, () => batches(ready, { batchSize: BATCH_SIZE }));
  }

  /** The same for streamed samples, which are read twice. */
  async evaluateStream(samples: StreamedSamples): Promise<Evaluation> {
    return this.#measure(samples.count, () => samples.batches({ batchSize: BATCH_SIZE }));
  }

  /** Probabilities (or values) of raw rows, one array a row; it may scale the rows in place. Throws a PipelineError (data) at one that is not finite. */
  *predict(rows: Features): Generator<Float32Array> {
    const { target } = this.preprocessing;
    for (const outputs of this.#outputs(preprocessFeatures(this.preprocessing, rows))) {
      yield target === undefined ? outputs : restoreValues(target, outputs);
    }
  }

  // By two passes over samples as the model sees them.
  async #measure(samples: number, pass: () => Iterable<Batch> | AsyncIterable<Batch>): Promise<Evaluation> {
    const { target, classes } = this.preprocessing;
    const { cost, accuracy, rmse } = await evaluate(this.#model, pass());
    if (!Number.isFinite(cost)) throw new PipelineError(EXIT.data, `the cost is ${cost}: ${NOT_FINITE}`);
    return {
      samples,
      cost,
      ...(accuracy !== undefined && { accuracy }),
      ...(rmse !== undefined && { rmse: rmse * (target?.deviation ?? 1) }),
      ...(classes === undefined ? await this.#errors(pass()) : await this.#confusion(classes, pass())),
    };
  }

  // How often each class is taken for each.
  async #confusion(classes: readonly string[], pass: Iterable<Batch> | AsyncIterable<Batch>): Promise<Partial<Evaluation>> {
    const matrix = new ConfusionMatrix(this.#model.outputs);
    for await (const [outputs, [actual]] of this.#answers(pass)) matrix.update([outputs.indexOf(Math.max(...outputs))], [actual]);
    return { classes, confusionMatrix: matrix.result() };
  }

  // Of values in their own unit.
  async #errors(pass: Iterable<Batch> | AsyncIterable<Batch>): Promise<Partial<Evaluation>> {
    const { outputs: width } = this.#model;
    const target = this.preprocessing.target ?? { mean: Array.from({ length: width }, () => 0), deviation: 1 };
    const distance = new MeanAbsoluteError();
    const explained = Array.from({ length: width }, () => new R2());
    for await (const [outputs, targets] of this.#answers(pass)) {
      const [predicted, actual] = [restoreValues(target, outputs), restoreValues(target, Float32Array.from(targets))];
      distance.update(predicted, actual);
      explained.forEach((metric, output) => metric.update([predicted[output]], [actual[output]]));
    }
    const r2 = explained.reduce((sum, metric) => sum + metric.result(), 0) / width;
    return { meanAbsoluteError: distance.result(), ...(Number.isFinite(r2) && { r2 }) };
  }

  // The model's outputs for each sample, and its targets.
  async *#answers(pass: Iterable<Batch> | AsyncIterable<Batch>): AsyncGenerator<[outputs: Float32Array, targets: Batch["targets"]]> {
    const { inputs } = this.#model;
    let before = 0;
    for await (const { features, targets, size } of pass) {
      const width = targets.length / size;
      let row = 0;
      for (const outputs of this.#outputs({ count: size, inputs, features }, before)) {
        yield [outputs, targets.subarray(row * width, (row + 1) * width)];
        row += 1;
      }
      before += size;
    }
  }

  *#outputs(rows: Features, before = 0): Generator<Float32Array> {
    const { inputs, outputs } = this.#model;
    for (let start = 0; start < rows.count; start += BATCH_SIZE) {
      const size = Math.min(BATCH_SIZE, rows.count - start);
      const results = predict(this.#model, rows.features.subarray(start * inputs, (start + size) * inputs), size);
      for (let row = 0; row < size; row += 1) {
        const result = results.subarray(row * outputs, (row + 1) * outputs);
        if (!result.every(Number.isFinite)) throw new PipelineError(EXIT.data, `record ${before + start + row + 1}: ${NOT_FINITE}`);
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
