// Passes over a set. A training step is kernel calls only: it reads nothing back into JavaScript and takes no memory;
// the sums stay in cells until the epoch ends.
import { NnError } from "../NnError.ts";
import type { Optimizer } from "../optimizers/Optimizer.ts";
import type { Sequential } from "../Sequential.ts";
import type { Batches, MatrixBatch } from "./Batch.ts";
import { eventLoopTurn } from "./eventLoopTurn.ts";
import { type EpochSums, meansOf, NO_SUMS } from "./EpochSums.ts";
import { replayBatches } from "./replayBatches.ts";
import { ResidentBatches } from "./ResidentBatches.ts";

/** What a pass over a set found; `cost` is the mean loss of its samples, NaN if it was stopped before the first. */
export interface EpochResult {
  readonly samples: number;
  readonly cost: number;
  /** Share of samples classified right, 0..1; only where the loss is of classes or labels. */
  readonly accuracy?: number;
  /** Root of the mean square error, in the targets' unit; only where targets are values. */
  readonly rmse?: number;
  /** Whether it ended before the last batch, because of the signal or of a cost that is not finite. */
  readonly stopped: boolean;
  /** What its batches add up to. */
  readonly sums: EpochSums;
}

/** Tells a pass to stop after the batch under way; an AbortSignal is one. */
export interface StopSignal {
  readonly aborted: boolean;
}

/**
 * Trains on every batch once. Cost and accuracy are of the forward passes before each update, over all samples.
 * Batches of {@link ResidentSamples} are replayed inside WebAssembly, some milliseconds at a time; to the same bits.
 * It ends with the batch whose cost is not finite, and {@link Sequential.firstNonFinite} tells where that began. With the
 * `sums` of an epoch that was stopped, and the batches that were left of it, the result is that of the whole epoch.
 * Throws an NnError if a batch doesn't fit the model.
 */
export async function trainEpoch(
  model: Sequential,
  batches: Batches,
  optimizer: Optimizer,
  signal?: StopSignal,
  sums: EpochSums = NO_SUMS,
): Promise<EpochResult> {
  return pass({ model, batches, signal, sums, purpose: optimizer, goesOn: () => model.workspace.finite }, (batch) => {
    const output = model.forward(batch.features, "training");
    const outputGradient = model.workspace.evaluate(output, batch.targets);
    model.workspace.haltUnlessFinite();
    model.backward(outputGradient);
    optimizer.step();
  });
}

/** Cost and accuracy (or RMSE) of the model as it is. Throws an NnError if a batch doesn't fit the model. */
export async function evaluate(model: Sequential, batches: Batches, signal?: StopSignal): Promise<EpochResult> {
  return pass({ model, batches, signal, sums: NO_SUMS, purpose: model, goesOn: () => true }, (batch) => {
    model.workspace.evaluate(model.forward(batch.features, "inference"), batch.targets);
  });
}

/** How far a pass came. */
export interface Passed {
  readonly samples: number;
  /** Whether the signal, or a cost that is not finite, kept it from a batch. */
  readonly stopped: boolean;
}

/** What a pass works on. */
interface Pass {
  readonly model: Sequential;
  readonly batches: Batches;
  readonly signal: StopSignal | undefined;
  /** What came before. */
  readonly sums: EpochSums;
  /** What a captured step belongs to. */
  readonly purpose: object;
  /** Asked after a batch: whether another one makes sense. */
  readonly goesOn: () => boolean;
}

async function pass(
  { model, batches, signal, sums: before, purpose, goesOn }: Pass,
  step: (batch: MatrixBatch) => void,
): Promise<EpochResult> {
  const { workspace, loss } = model;
  workspace.reset(before);
  const load = (batch: Parameters<typeof workspace.load>[0]): void => step(workspace.load(batch));
  const { samples: passed, stopped } =
    batches instanceof ResidentBatches
      ? await replayBatches(batches, signal, goesOn, (size) =>
          model.programs.of(purpose, batches.place, size, () => load(batches.next(size))),
        )
      : await takeBatches(batches, signal, (batch) => {
          load(batch);
          return goesOn();
        });
  const samples = before.samples + passed;
  const sums = { samples, ...workspace.sums };
  if (samples === 0 && !stopped) throw new NnError("there are no batches; give at least one");
  return { samples, ...meansOf(sums, loss.measure), stopped, sums };
}

// Batch by batch, as long as a step says that the cost is finite. Whether another one would have come is not asked once the signal is set.
async function takeBatches(batches: Batches, signal: StopSignal | undefined, step: (batch: MatrixBatch) => boolean): Promise<Passed> {
  let samples = 0;
  if (signal?.aborted) return { samples, stopped: true };
  for await (const batch of batches as AsyncIterable<MatrixBatch>) {
    const finite = step(batch);
    samples += batch.size;
    if (!finite) return { samples, stopped: true };
    await eventLoopTurn();
    if (signal?.aborted) return { samples, stopped: true };
  }
  return { samples, stopped: false };
}
