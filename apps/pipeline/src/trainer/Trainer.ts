// Everything that the trainer's thread does after loading, without the thread: epochs, checkpoints, predictions, results.
import { createHash } from "node:crypto";
import type { Preprocessing } from "@downhill/data";
import {
  type EpochResult,
  type EpochSums,
  evaluate,
  gradientNorms,
  loadTrainingTensors,
  type Optimizer,
  parameterTensors,
  predict,
  type Sequential,
  type StopSignal,
  type Tensor,
  trainEpoch,
  trainingTensors,
} from "@downhill/nn";
import type { EpochCompleted, Result, SamplesPredicted } from "@downhill/sinks";
import type { Checkpoint, Position } from "../checkpoint/Checkpoint.ts";
import type { Config } from "../config/Config.ts";
import { encodeModel } from "../model/modelFile.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { BestEpoch } from "./BestEpoch.ts";
import { diverged, divergedCost } from "./diverged.ts";
import type { Checkpoints } from "./Checkpoints.ts";
import type { Loaded, Outcome, TrainerFact } from "./protocol.ts";
import type { PreparedData } from "./PreparedData.ts";
import { type Rehearsal, rehearse } from "./rehearse.ts";
import type { EpochBatches, TrainingSet, TrainingSets } from "./TrainingSet.ts";

/** What a trainer works with; {@link createTrainer} makes it from a config. */
export interface TrainerParts {
  readonly config: Config;
  readonly loaded: Loaded;
  readonly model: Sequential;
  readonly optimizer: Optimizer;
  readonly sets: TrainingSets;
  readonly preprocessing: Preprocessing;
  /** Where samples are streamed: the rows that a shuffle holds, and the bytes of each. */
  readonly window?: PreparedData["window"];
}

/** Where the checkpoints of a run go. */
export interface TrainerRecord {
  /** The run's id. */
  readonly run: string;
  readonly checkpoints: Checkpoints;
}

const NO_SUMS: EpochSums = { samples: 0, lossSum: 0, hits: 0 };

/** Trains epoch by epoch and says what came of it. */
export class Trainer {
  /** What is known before the first epoch. */
  readonly loaded: Loaded;
  readonly #parts: TrainerParts;
  readonly #bestEpoch: BestEpoch;
  #position: Position = { epoch: 0, batch: 0 };
  #sums = NO_SUMS;
  #epochMs = 0;
  #durationMs = 0;
  #samples = 0;
  /** Where the last checkpoint was written. */
  #saved: Position = { epoch: 0, batch: 0 };

  constructor(parts: TrainerParts) {
    this.loaded = parts.loaded;
    this.#parts = parts;
    this.#bestEpoch = new BestEpoch(parts.model, parts.config.earlyStopping?.minDelta ?? 0);
  }

  /** What was fitted to the training samples. */
  get preprocessing(): Preprocessing {
    return this.#parts.preprocessing;
  }

  /** What samples, model and optimizer take of the memory that training works in; streamed samples are not in it. */
  get memoryBytes(): number {
    return this.#parts.model.linalg.buffer.byteLength;
  }

  /** Where samples are streamed: the rows that a shuffle holds, and the bytes of each. */
  get window(): PreparedData["window"] {
    return this.#parts.window;
  }

  /** Epochs that are complete. */
  get epochs(): number {
    return this.#position.epoch;
  }

  /** Whether the cost has not fallen for as many epochs as the config has patience for. */
  get stoppedEarly(): boolean {
    const { earlyStopping } = this.#parts.config;
    const { best } = this.#bestEpoch;
    return earlyStopping !== undefined && best !== undefined && this.epochs - best.epoch >= earlyStopping.patience;
  }

  /** Goes on from a checkpoint, before the first epoch. Throws a PipelineError (model) if it is of another model or optimizer, or another seed. */
  resume({ state, tensors, best }: Checkpoint): void {
    const { config, model, optimizer } = this.#parts;
    if (state.seed !== config.seed) throw new PipelineError(EXIT.model, `its seed is ${state.seed}; the config's is ${config.seed}`);
    try {
      loadTrainingTensors(model, optimizer, tensors);
    } catch (cause) {
      throw new PipelineError(EXIT.model, (cause as Error).message, { cause });
    }
    this.#position = state.position;
    this.#saved = state.position;
    this.#sums = state.sums;
    this.#epochMs = state.epochMs;
    this.#durationMs = state.durationMs;
    this.#samples = state.samples;
    // The best epoch's weights are apart only where they are not the ones at hand.
    this.#bestEpoch.resume(state.best, best ?? (state.best && trainingTensors(model)));
  }

  /**
   * Trains what is left of the epoch under way, evaluates the validation set, and writes the checkpoints that are due; the last
   * `epochCompleted` is missing if the signal ended the epoch early. Throws a PipelineError (diverged) on a cost that is no number.
   */
  async *epoch(signal: StopSignal, record?: TrainerRecord): AsyncGenerator<TrainerFact> {
    const batches = this.#parts.sets.train.epoch(this.epochs + 1);
    const { count } = batches;
    while (this.#position.batch < count) {
      const { epoch, batch } = this.#position;
      await this.#train(batches, record?.checkpoints.pace.nextPause(epoch, batch, count), signal);
      if (this.#position.batch < count) {
        if (signal.aborted) return;
        if (record !== undefined) yield* this.#saveIfDue(record, count);
      }
    }
    yield await this.#complete();
    if (record !== undefined) yield* this.#saveIfDue(record, count);
  }

  /** Tries out what an epoch does, instead of training; see {@link rehearse}. */
  rehearse(): Promise<Rehearsal> {
    return rehearse(this.#parts);
  }

  /** What the model says of the picked test images (or training images without a test set); undefined if there are none. */
  predictions(): SamplesPredicted | undefined {
    const { model, sets, preprocessing } = this.#parts;
    const { pictures } = sets.test ?? sets.train;
    const { classes } = preprocessing;
    if (classes === undefined || pictures.length === 0) return undefined;
    const samples = pictures.map(({ picture, features }) => {
      const probabilities = [...predict(model, features(), 1)];
      return { ...picture, predicted: probabilities.indexOf(Math.max(...probabilities)), probabilities };
    });
    return { type: "samplesPredicted", set: sets.test ? "test" : "train", classes, samples };
  }

  /** Writes where training has come to, unless that is written already. */
  async *saveLast(record: TrainerRecord): AsyncGenerator<TrainerFact> {
    const { epoch, batch } = this.#position;
    if (epoch !== this.#saved.epoch || batch !== this.#saved.batch) yield* this.#save(record);
  }

  /** Evaluates every set with the final weights and packs the model. Throws a PipelineError (diverged) if they are no numbers. */
  async finish(): Promise<Outcome> {
    const { config, model, sets } = this.#parts;
    if (config.earlyStopping?.restoreBest) this.#bestEpoch.restore();
    const train = await this.#evaluate(sets.train);
    if (!Number.isFinite(train.cost)) throw diverged(`the cost with the final weights is ${train.cost}`);
    const hash = createHash("sha256");
    for (const { data } of parameterTensors(model)) hash.update(new Uint8Array(data.buffer));
    return {
      epochs: this.epochs,
      stoppedEarly: this.stoppedEarly,
      train,
      ...(sets.validation && { validation: await this.#evaluate(sets.validation) }),
      ...(sets.test && { test: await this.#evaluate(sets.test) }),
      weightsSha256: hash.digest("hex"),
      durationMs: this.#durationMs,
      samplesPerSecond: this.#durationMs > 0 ? (this.#samples / this.#durationMs) * 1000 : 0,
      model: this.#pack(trainingTensors(model), this.epochs),
    };
  }

  async #train(batches: EpochBatches, end: number | undefined, signal: StopSignal): Promise<void> {
    const { model, optimizer } = this.#parts;
    const { samples: before } = this.#sums;
    const { epoch, batch } = this.#position;
    const start = performance.now();
    const { sums, cost } = await trainEpoch(model, batches.slice(batch, end), optimizer, signal, this.#sums);
    const durationMs = performance.now() - start;
    this.#sums = sums;
    this.#position = { epoch, batch: Math.ceil(sums.samples / batches.batchSize) };
    this.#epochMs += durationMs;
    this.#durationMs += durationMs;
    this.#samples += sums.samples - before;
    if (sums.samples > 0 && !Number.isFinite(cost))
      throw divergedCost(`in epoch ${epoch + 1}, batch ${this.#position.batch} of ${batches.count}`, cost, model.firstNonFinite());
  }

  async #complete(): Promise<EpochCompleted> {
    const { config, optimizer, sets, preprocessing, model } = this.#parts;
    const epoch = this.epochs + 1;
    const { samples, lossSum, hits } = this.#sums;
    const durationMs = this.#epochMs;
    const cost = lossSum / samples;
    const result = { cost, ...(model.loss.measure === "accuracy" ? { accuracy: hits / samples } : { rmse: Math.sqrt(cost) }) };
    const validation = sets.validation && (await this.#evaluate(sets.validation));
    if (sets.validation !== undefined || config.earlyStopping !== undefined) this.#bestEpoch.note(epoch, validation?.cost ?? cost);
    this.#position = { epoch, batch: 0 };
    this.#sums = NO_SUMS;
    this.#epochMs = 0;
    return {
      type: "epochCompleted",
      epoch,
      epochs: config.epochs,
      ...measures(result, preprocessing),
      ...(validation && { validation }),
      learningRate: optimizer.learningRate,
      samplesPerSecond: (samples / durationMs) * 1000,
      durationMs,
      ...(config.log.gradientNorms && { gradientNorms: gradientNorms(model) }),
    };
  }

  async *#saveIfDue(record: TrainerRecord, count: number): AsyncGenerator<TrainerFact> {
    const { epoch, batch } = this.#position;
    if (record.checkpoints.pace.isDue(epoch, batch, count)) yield* this.#save(record);
  }

  async *#save({ run, checkpoints }: TrainerRecord): AsyncGenerator<TrainerFact> {
    const { config, model, optimizer, preprocessing } = this.#parts;
    this.#checkWeights();
    const { best, tensors } = this.#bestEpoch;
    const state = {
      run,
      seed: config.seed,
      position: this.#position,
      sums: this.#sums,
      epochMs: this.#epochMs,
      durationMs: this.#durationMs,
      samples: this.#samples,
      ...(best && { best }),
    };
    const apart = best !== undefined && (best.epoch < this.epochs || this.#position.batch > 0);
    this.#saved = this.#position;
    const fact = await checkpoints.save(
      { state, preprocessing, tensors: trainingTensors(model, optimizer), ...(apart && tensors && { best: tensors }) },
      () => best && tensors && this.#pack(tensors, best.epoch),
    );
    if (fact !== undefined) yield fact;
  }

  // The cost is of the weights before the last update; what that has done to them would show with the next batch, after the
  // last good checkpoint was given up for this one.
  #checkWeights(): void {
    const broken = this.#parts.model.parameters.find(({ value }) => !value.data.every(Number.isFinite));
    if (broken === undefined) return;
    const { epoch, batch } = this.#position;
    const when = batch === 0 ? `epoch ${epoch}` : `epoch ${epoch + 1}, batch ${batch}`;
    throw diverged(`after ${when} not every number of ${broken.name} is finite`);
  }

  #pack(tensors: readonly Tensor[], epochs: number): Uint8Array<ArrayBuffer> {
    const { config, preprocessing } = this.#parts;
    const { layers, loss } = config.model;
    return encodeModel({ name: config.name, layers, loss, preprocessing, epochs, tensors });
  }

  async #evaluate(set: TrainingSet): Promise<Result> {
    const { model, preprocessing } = this.#parts;
    return measures(await evaluate(model, set.inOrder(model.batchSize)), preprocessing);
  }
}

// The cost is of what is trained on, the scaled values; the error is in their own unit.
function measures({ cost, accuracy, rmse }: Pick<EpochResult, "cost" | "accuracy" | "rmse">, { target }: Preprocessing): Result {
  return { cost, ...(accuracy !== undefined && { accuracy }), ...(rmse !== undefined && { rmse: rmse * (target?.deviation ?? 1) }) };
}
