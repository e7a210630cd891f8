// A rehearsal of a run: the first batches of training, one batch of each evaluation, and how long the whole would take.
import { type Batch, type Batches, evaluate, type Optimizer, type Sequential, trainEpoch } from "@downhill/nn";
import type { Config } from "../config/Config.ts";
import { divergedCost } from "./diverged.ts";
import { SET_NAMES, type SetName } from "./loadSets.ts";
import type { EpochBatches, TrainingSet, TrainingSets } from "./TrainingSet.ts";

/** How long a phase goes on behind its first batch, in milliseconds: that one is captured and compiled, which the others are not. */
const TIMING_MS = { training: 500, evaluation: 100 } as const;

/** One phase of an epoch. */
export interface RehearsedPhase {
  readonly name: SetName;
  /** Samples of its first batch. */
  readonly samples: number;
  /** Batches of a whole pass. */
  readonly batches: number;
  /** Of the first batch. */
  readonly cost: number;
  /** Milliseconds that a batch takes. */
  readonly batchMs: number;
}

/** What a rehearsal has found. */
export interface Rehearsal {
  readonly phases: readonly RehearsedPhase[];
  /** Milliseconds of the whole run, without loading. */
  readonly estimatedMs: number;
}

/** What is rehearsed; the model is changed by it. */
export interface RehearsalParts {
  readonly config: Config;
  readonly model: Sequential;
  readonly optimizer: Optimizer;
  readonly sets: TrainingSets;
}

/** Trains for some batches and evaluates one of each set. Throws a PipelineError (diverged) on a cost that is no number. */
export async function rehearse(parts: RehearsalParts): Promise<Rehearsal> {
  const { config, model, sets } = parts;
  const batches = sets.train.epoch(1);
  const first = await trainOne(parts, batches, 1, 0);
  const evaluated: RehearsedPhase[] = [];
  for (const name of SET_NAMES.slice(1)) {
    const set = sets[name];
    if (set !== undefined) evaluated.push({ name, ...(await rehearseEvaluation(model, set)) });
  }
  // What goes on beyond the first batch changes the model, and comes after its evaluation.
  const batchMs = (await timeOfBatch(parts, batches)) ?? first.durationMs;
  const phases: RehearsedPhase[] = [
    { name: "train", samples: first.samples, batches: batches.count, cost: first.cost, batchMs },
    ...evaluated,
  ];
  const pass = ({ name }: RehearsedPhase): number => ({ train: config.epochs, validation: config.epochs + 1, test: 1 })[name];
  const estimatedMs = phases.reduce((sum, phase) => sum + pass(phase) * phase.batches * phase.batchMs, 0);
  return { phases, estimatedMs };
}

// The mean of those behind the first; undefined if there are none.
async function timeOfBatch(parts: RehearsalParts, first: EpochBatches): Promise<number | undefined> {
  const { config, sets } = parts;
  let [steps, elapsedMs] = [0, 0];
  for (let epoch = 1, batch = 1; elapsedMs < TIMING_MS.training && epoch <= config.epochs; epoch += 1, batch = 0) {
    const batches = epoch === 1 ? first : sets.train.epoch(epoch);
    for (; elapsedMs < TIMING_MS.training && batch < batches.count; batch += 1, steps += 1)
      elapsedMs += (await trainOne(parts, batches, epoch, batch)).durationMs;
  }
  return steps === 0 ? undefined : elapsedMs / steps;
}

async function trainOne(
  { model, optimizer }: RehearsalParts,
  batches: EpochBatches,
  epoch: number,
  batch: number,
): Promise<{ samples: number; cost: number; durationMs: number }> {
  const start = performance.now();
  const { samples, cost } = await trainEpoch(model, batches.slice(batch, batch + 1), optimizer);
  const durationMs = performance.now() - start;
  if (!Number.isFinite(cost)) throw divergedCost(`in epoch ${epoch}, batch ${batch + 1} of ${batches.count}`, cost, model.firstNonFinite());
  return { samples, cost, durationMs };
}

async function rehearseEvaluation(model: Sequential, set: TrainingSet): Promise<Omit<RehearsedPhase, "name">> {
  const { samples, cost } = await evaluate(model, firstOf(set.inOrder(model.batchSize)));
  const start = performance.now();
  let [times, elapsedMs] = [0, 0];
  for (; elapsedMs < TIMING_MS.evaluation; times += 1, elapsedMs = performance.now() - start)
    await evaluate(model, firstOf(set.inOrder(model.batchSize)));
  return { samples, batches: Math.ceil(set.count / model.batchSize), cost, batchMs: elapsedMs / times };
}

function firstOf(batches: Batches & { slice?(start: number, end: number): Batches }): Batches {
  return batches.slice?.(0, 1) ?? takeFirst(batches);
}

async function* takeFirst(batches: Batches): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    yield batch;
    return;
  }
}
