// A model taken from a run folder, ready to be asked: weights, preprocessing and class names together.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { applyScale, type Features, type Samples } from "@downhill/data";
import { createLinalg, type Linalg } from "@downhill/linalg";
import { ConfusionMatrix } from "@downhill/metrics";
import { evaluate, layerFromConfig, loadParameters, losses, predict, ResidentSamples, Sequential } from "@downhill/nn";
import type { Result } from "@downhill/sinks";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { RUN_FILES } from "../run/runFolder.ts";
import { type Preprocessing, targetNumbers } from "../trainer/loadSets.ts";
import { decodeModel } from "./decodeModel.ts";
import type { ModelFile } from "./modelFile.ts";

/** Rows that go through the model at once; the results don't depend on it. */
const BATCH_SIZE = 1024;
const NOT_FINITE = "the model has no answer; a feature is no number, or far larger than any that it was trained on";

/** How well a model does on a set; `confusionMatrix[actual][predicted]` counts samples, where targets are classes. */
export interface Evaluation extends Result {
  readonly samples: number;
  readonly classes?: readonly string[];
  readonly confusionMatrix?: readonly (readonly number[])[];
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
        inputs: file.preprocessing.inputs,
        layers: file.layers.map(layerFromConfig),
        loss: losses[file.loss],
        batchSize: BATCH_SIZE,
      });
      loadParameters(model, file.tensors);
      return new TrainedModel(linalg, model, file);
    } catch (cause) {
      throw new PipelineError(EXIT.model, `${path}: ${(cause as Error).message}`, { cause });
    }
  }

  /** How well the model does on raw samples; scales them in place. Throws a PipelineError (data) if the cost is not finite. */
  async evaluate(samples: Samples): Promise<Evaluation> {
    this.#scale(samples);
    const arrays = { features: samples.features, targets: targetNumbers(samples.targets), size: samples.count };
    const resident = new ResidentSamples(this.#linalg, arrays, this.#model.loss);
    const { cost, accuracy, rmse } = await evaluate(this.#model, resident.batches({ batchSize: BATCH_SIZE }));
    if (!Number.isFinite(cost)) throw new PipelineError(EXIT.data, `the cost is ${cost}: ${NOT_FINITE}`);
    return {
      samples: samples.count,
      cost,
      ...(accuracy !== undefined && { accuracy }),
      ...(rmse !== undefined && { rmse }),
      ...this.#confusion(samples),
    };
  }

  /** Probabilities (or values) of raw rows, one array a row; scales them in place. Throws a PipelineError (data) at one that is not finite. */
  *predict(rows: Features): Generator<Float32Array> {
    this.#scale(rows);
    yield* this.#outputs(rows);
  }

  // How often each class is taken for each, for samples that are scaled already.
  #confusion(samples: Samples): Pick<Evaluation, "classes" | "confusionMatrix"> {
    const { targets } = samples;
    const { classes } = this.preprocessing;
    if (targets.kind !== "classes" || classes === undefined) return {};
    const matrix = new ConfusionMatrix(this.#model.outputs);
    let row = 0;
    for (const outputs of this.#outputs(samples)) {
      matrix.update([outputs.indexOf(Math.max(...outputs))], [targets.indices[row]]);
      row += 1;
    }
    return { classes, confusionMatrix: matrix.result() };
  }

  *#outputs(rows: Features): Generator<Float32Array> {
    const { inputs, outputs } = this.#model;
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

  #scale({ features, inputs }: Features): void {
    if (this.preprocessing.scale !== undefined) applyScale(this.preprocessing.scale, features, inputs);
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
