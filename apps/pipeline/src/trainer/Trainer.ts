// Everything that the trainer's thread does after loading, without the thread: epochs, predictions, results.
import { createHash } from "node:crypto";
import type { Preprocessing } from "@downhill/data";
import {
  type EpochResult,
  evaluate,
  type Optimizer,
  parameterTensors,
  predict,
  type ResidentSamples,
  type Sequential,
  stateTensors,
  type StopSignal,
  trainEpoch,
} from "@downhill/nn";
import { permutation, randomStream } from "@downhill/random";
import type { EpochCompleted, Result, SamplesPredicted } from "@downhill/sinks";
import type { Config } from "../config/Config.ts";
import { encodeModel } from "../model/modelFile.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { Loaded, Outcome } from "./protocol.ts";
import type { TrainingSet, TrainingSets } from "./TrainingSet.ts";

/** What a trainer works with; {@link createTrainer} makes it from a config. */
export interface TrainerParts {
  readonly config: Config;
  readonly loaded: Loaded;
  readonly model: Sequential;
  readonly optimizer: Optimizer;
  readonly sets: TrainingSets;
  readonly preprocessing: Preprocessing;
}

/** Trains epoch by epoch and says what came of it. */
export class Trainer {
  /** What is known before the first epoch. */
  readonly loaded: Loaded;
  readonly #parts: TrainerParts;
  #durationMs = 0;
  #samples = 0;
  #epochs = 0;

  constructor(parts: TrainerParts) {
    this.loaded = parts.loaded;
    this.#parts = parts;
  }

  /** What was fitted to the training samples. */
  get preprocessing(): Preprocessing {
    return this.#parts.preprocessing;
  }

  /** What samples, model and optimizer take of the memory that training works in. */
  get memoryBytes(): number {
    return this.#parts.sets.train.resident.features.linalg.buffer.byteLength;
  }

  /**
   * Trains one epoch, then evaluates the validation set; undefined if the signal ended the epoch early.
   * Throws a PipelineError (diverged) on a cost that is no number.
   */
  async epoch(epoch: number, signal: StopSignal): Promise<EpochCompleted | undefined> {
    const { config, model, optimizer, sets, preprocessing } = this.#parts;
    const start = performance.now();
    const result = await trainEpoch(model, this.#batches(epoch), optimizer, signal);
    const durationMs = performance.now() - start;
    this.#durationMs += durationMs;
    this.#samples += result.samples;
    checkFinite(result, `epoch ${epoch}`);
    if (result.samples < sets.train.resident.count) return undefined;
    this.#epochs = epoch;
    return {
      type: "epochCompleted",
      epoch,
      epochs: config.epochs,
      ...measures(result, preprocessing),
      ...(sets.validation && { validation: await this.#evaluate(sets.validation) }),
      learningRate: optimizer.learningRate,
      samplesPerSecond: (result.samples / durationMs) * 1000,
      durationMs,
    };
  }

  /** What the model says of the picked test images (or training images without a test set); undefined if there are none. */
  predictions(): SamplesPredicted | undefined {
    const { model, sets, preprocessing } = this.#parts;
    const { resident, pictures } = sets.test ?? sets.train;
    const { classes } = preprocessing;
    if (classes === undefined || pictures.length === 0) return undefined;
    const samples = pictures.map((picture) => {
      const row = resident.features.data.slice(picture.index * model.inputs, (picture.index + 1) * model.inputs);
      const probabilities = [...predict(model, row, 1)];
      return { ...picture, predicted: probabilities.indexOf(Math.max(...probabilities)), probabilities };
    });
    return { type: "samplesPredicted", set: sets.test ? "test" : "train", classes, samples };
  }

  /** Evaluates every set with the final weights and packs the model. Throws a PipelineError (diverged) if they are no numbers. */
  async finish(): Promise<Outcome> {
    const { config, model, sets, preprocessing } = this.#parts;
    const train = await this.#evaluate(sets.train);
    checkFinite(train, "the end");
    const tensors = parameterTensors(model);
    const hash = createHash("sha256");
    for (const { data } of tensors) hash.update(new Uint8Array(data.buffer));
    const { layers, loss } = config.model;
    return {
      epochs: this.#epochs,
      train,
      ...(sets.validation && { validation: await this.#evaluate(sets.validation) }),
      ...(sets.test && { test: await this.#evaluate(sets.test) }),
      weightsSha256: hash.digest("hex"),
      durationMs: this.#durationMs,
      samplesPerSecond: this.#durationMs > 0 ? (this.#samples / this.#durationMs) * 1000 : 0,
      model: encodeModel({
        name: config.name,
        layers,
        loss,
        preprocessing,
        epochs: this.#epochs,
        tensors: [...tensors, ...stateTensors(model)],
      }),
    };
  }

  #batches(epoch: number): ReturnType<ResidentSamples["batches"]> {
    const { config, sets } = this.#parts;
    const { resident } = sets.train;
    if (config.batchSize === "full") return resident.batches({ batchSize: resident.count });
    const order = permutation(resident.count, randomStream(config.seed, "shuffle").substream(epoch));
    return resident.batches({ batchSize: config.batchSize, order });
  }

  async #evaluate({ resident }: TrainingSet): Promise<Result> {
    const { model, preprocessing } = this.#parts;
    return measures(await evaluate(model, resident.batches({ batchSize: model.batchSize })), preprocessing);
  }
}

// The cost is of what is trained on, the scaled values; the error is in their own unit.
function measures({ cost, accuracy, rmse }: EpochResult, { target }: Preprocessing): Result {
  return { cost, ...(accuracy !== undefined && { accuracy }), ...(rmse !== undefined && { rmse: rmse * (target?.deviation ?? 1) }) };
}

function checkFinite({ cost }: { readonly cost: number }, when: string): void {
  if (Number.isFinite(cost)) return;
  throw new PipelineError(
    EXIT.diverged,
    `training has diverged: the cost at ${when} is ${cost}. Try a smaller optimizer.learningRate, or bring the features to a common size with data.scale.`,
  );
}
