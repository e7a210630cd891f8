// Everything that the trainer's thread does after loading, without the thread: epochs, their checkpoints, the outcome.
import type { Preprocessing } from "@downhill/data";
import { gradientNorms, loadTrainingTensors, meansOf, type StopSignal, trainEpoch, trainingTensors } from "@downhill/nn";
import type { BatchCompleted, EpochCompleted } from "@downhill/sinks";
import type { Checkpoint, Position } from "../checkpoint/Checkpoint.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { BestEpoch } from "./BestEpoch.ts";
import { diverged, divergedCost } from "./diverged.ts";
import type { Checkpoints } from "./Checkpoints.ts";
import { isLookedAt, looksAt } from "./looks.ts";
import { inOwnUnit, measureSet } from "./measures.ts";
import { type Finish, finishOf, packModel } from "./outcome.ts";
import type { PreparedData } from "./PreparedData.ts";
import { Progress } from "./Progress.ts";
import { type Rehearsal, rehearse } from "./rehearse.ts";
import type { Loaded, TrainerFact } from "./protocol.ts";
import type { TrainerParts } from "./TrainerParts.ts";
import type { EpochBatches } from "./TrainingSet.ts";

/** Where the checkpoints of a run go. */
export interface TrainerRecord {
  /** The run's id. */
  readonly run: string;
  readonly checkpoints: Checkpoints;
}

/** What an epoch leaves, besides its result. */
export interface EpochTold {
  /** Where checkpoints go; nowhere if it is left out. */
  readonly record?: TrainerRecord;
  /** Whether every batch is told. */
  readonly batches?: boolean;
  /** Whether there is something to look at while training goes on. */
  readonly live?: boolean;
}

/** Trains epoch by epoch and says what came of it. */
export class Trainer {
  readonly #parts: TrainerParts;
  readonly #bestEpoch: BestEpoch;
  readonly #progress = new Progress();
  /** Where the last checkpoint was written. */
  #saved: Position = { epoch: 0, batch: 0 };

  constructor(parts: TrainerParts) {
    this.#parts = parts;
    this.#bestEpoch = new BestEpoch(parts.model, parts.config.earlyStopping?.minDelta ?? 0);
  }

  /** What is known before the first epoch. */
  get loaded(): Loaded {
    return this.#parts.loaded;
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
    return this.#progress.position.epoch;
  }

  /** Whether the cost has not fallen for as many epochs as the config has patience for. */
  get stoppedEarly(): boolean {
    const { earlyStopping } = this.#parts.config;
    const { best } = this.#bestEpoch;
    return earlyStopping !== undefined && best !== undefined && this.epochs - best.epoch >= earlyStopping.patience;
  }

  /** Goes on from a checkpoint, before the first epoch. Throws a PipelineError (model) if it is of another model or optimizer, or another seed. */
  resume({ state, tensors, best }: Checkpoint): void {
    const { config, model, optimizer, schedule } = this.#parts;
    if (state.seed !== config.seed) throw new PipelineError(EXIT.model, `its seed is ${state.seed}; the config's is ${config.seed}`);
    try {
      loadTrainingTensors(model, optimizer, tensors);
    } catch (cause) {
      throw new PipelineError(EXIT.model, (cause as Error).message, { cause });
    }
    if (state.schedule !== undefined) schedule.state = state.schedule;
    this.#progress.resume(state);
    this.#saved = state.position;
    // The best epoch's weights are apart only where they are not the ones at hand.
    this.#bestEpoch.resume(state.best, best ?? (state.best && trainingTensors(model)));
  }

  /**
   * Trains what is left of the epoch under way, evaluates the validation set, and writes the checkpoints that are due; the last
   * `epochCompleted` is missing if the signal ended the epoch early. Throws a PipelineError (diverged) on a cost that is no number.
   */
  async *epoch(signal: StopSignal, { record, batches: tellsBatches = false, live = false }: EpochTold = {}): AsyncGenerator<TrainerFact> {
    const { config, optimizer, schedule, sets } = this.#parts;
    const number = this.epochs + 1;
    optimizer.learningRate = config.optimizer.learningRate * schedule.factor(number);
    const batches = sets.train.epoch(number);
    const { count } = batches;
    while (this.#progress.position.batch < count) {
      const { epoch, batch } = this.#progress.position;
      const pause = record?.checkpoints.pace.nextPause(epoch, batch, count) ?? count;
      const told = await this.#train(batches, tellsBatches ? Math.min(pause, batch + 1) : pause, signal);
      if (tellsBatches && told !== undefined) yield told;
      if (this.#progress.position.batch < count) {
        if (signal.aborted) return;
        if (record !== undefined) yield* this.#saveIfDue(record, count);
      }
    }
    yield await this.#complete(number);
    if (live && isLookedAt(number, config.epochs)) yield* looksAt(this.#parts, number);
    if (record !== undefined) yield* this.#saveIfDue(record, count);
  }

  /** Tries out what an epoch does, instead of training; see {@link rehearse}. */
  rehearse(): Promise<Rehearsal> {
    return rehearse(this.#parts);
  }

  /** Writes where training has come to, unless that is written already. */
  async *saveLast(record: TrainerRecord): AsyncGenerator<TrainerFact> {
    const { epoch, batch } = this.#progress.position;
    if (epoch !== this.#saved.epoch || batch !== this.#saved.batch) yield* this.#save(record);
  }

  /** Evaluates every set with the final weights and packs the model. Throws a PipelineError (diverged) if they are no numbers. */
  async finish(): Promise<Finish> {
    const { epochs, stoppedEarly } = this;
    if (this.#parts.config.earlyStopping?.restoreBest) this.#bestEpoch.restore();
    return finishOf(this.#parts, { epochs, stoppedEarly, spent: this.#progress.spent });
  }

  // Returns what the batches up to `end` came to together; undefined if the signal left none of them.
  async #train(batches: EpochBatches, end: number, signal: StopSignal): Promise<BatchCompleted | undefined> {
    const { model, optimizer } = this.#parts;
    const { position, sums: before } = this.#progress;
    const start = performance.now();
    const { sums, cost } = await trainEpoch(model, batches.slice(position.batch, end), optimizer, signal, before);
    this.#progress.advance(sums, batches.batchSize, performance.now() - start);
    const { epoch, batch } = this.#progress.position;
    if (sums.samples === before.samples) return undefined;
    if (Number.isFinite(cost)) {
      const mean = (sums.lossSum - before.lossSum) / (sums.samples - before.samples);
      return { type: "batchCompleted", epoch: epoch + 1, batch, batches: batches.count, cost: mean };
    }
    throw divergedCost(`in epoch ${epoch + 1}, batch ${batch} of ${batches.count}`, cost, model.firstNonFinite());
  }

  async #complete(epoch: number): Promise<EpochCompleted> {
    const { config, model, optimizer, schedule, sets, preprocessing } = this.#parts;
    const result = meansOf(this.#progress.sums, model.loss.measure);
    const validation = sets.validation && (await measureSet(this.#parts, sets.validation));
    const cost = validation?.cost ?? result.cost;
    schedule.observe(epoch, cost);
    if (sets.validation !== undefined || config.earlyStopping !== undefined) this.#bestEpoch.note(epoch, cost);
    const { durationMs, samples } = this.#progress.endEpoch();
    return {
      type: "epochCompleted",
      epoch,
      epochs: config.epochs,
      ...inOwnUnit(result, preprocessing),
      ...(validation && { validation }),
      learningRate: optimizer.learningRate,
      samplesPerSecond: (samples / durationMs) * 1000,
      durationMs,
      ...(config.log.gradientNorms && { gradientNorms: gradientNorms(model) }),
    };
  }

  async *#saveIfDue(record: TrainerRecord, count: number): AsyncGenerator<TrainerFact> {
    const { epoch, batch } = this.#progress.position;
    if (record.checkpoints.pace.isDue(epoch, batch, count)) yield* this.#save(record);
  }

  async *#save({ run, checkpoints }: TrainerRecord): AsyncGenerator<TrainerFact> {
    const { config, model, optimizer, schedule, preprocessing } = this.#parts;
    this.#checkWeights();
    const { best, tensors } = this.#bestEpoch;
    const { position } = this.#progress;
    const learnt = schedule.state;
    const state = {
      run,
      seed: config.seed,
      ...this.#progress.state,
      ...(learnt && { schedule: learnt }),
      ...(best && { best }),
    };
    const apart = best !== undefined && (best.epoch < position.epoch || position.batch > 0);
    this.#saved = position;
    const fact = await checkpoints.save(
      { state, preprocessing, tensors: trainingTensors(model, optimizer), ...(apart && tensors && { best: tensors }) },
      () => best && tensors && packModel(this.#parts, tensors, best.epoch),
    );
    if (fact !== undefined) yield fact;
  }

  // The cost is of the weights before the last update; what that has done to them would show with the next batch, after the
  // last good checkpoint was given up for this one.
  #checkWeights(): void {
    const broken = this.#parts.model.parameters.find(({ value }) => !value.data.every(Number.isFinite));
    if (broken === undefined) return;
    const { epoch, batch } = this.#progress.position;
    const when = batch === 0 ? `epoch ${epoch}` : `epoch ${epoch + 1}, batch ${batch}`;
    throw diverged(`after ${when} not every number of ${broken.name} is finite`);
  }
}
