// What training came to: the measures of the sets, what there is to look at, and the model as a file.
import { createHash } from "node:crypto";
import { ConfusionMatrix } from "@downhill/metrics";
import { parameterTensors, type Tensor, trainingTensors } from "@downhill/nn";
import type { FinalResult } from "@downhill/sinks";
import { encodeModel } from "../model/modelFile.ts";
import { diverged } from "./diverged.ts";
import { inspectSet } from "./inspectSet.ts";
import { measureSet } from "./measures.ts";
import { dialectOf } from "./loadSets.ts";
import { predictionsOf } from "./predictions.ts";
import type { Spent } from "./Progress.ts";
import type { Outcome, TrainerFact } from "./protocol.ts";
import { shownWeights } from "./shownWeights.ts";
import type { TrainerParts } from "./TrainerParts.ts";
import type { TrainingSet } from "./TrainingSet.ts";
import { WorstMistakes } from "./WorstMistakes.ts";

/** A matrix of more classes is larger than an event should be. */
const MOST_CONFUSED_CLASSES = 100;

/** How training ended. */
export interface Ending {
  readonly epochs: number;
  readonly stoppedEarly: boolean;
  readonly spent: Spent;
}

/** What training came to, and what is told of it before the run's end. */
export interface Finish {
  readonly outcome: Outcome;
  readonly facts: readonly TrainerFact[];
}

/** Evaluates every set with the model as it is and packs it. Throws a PipelineError (diverged) if its cost is no number. */
export async function finishOf(parts: TrainerParts, { epochs, stoppedEarly, spent }: Ending): Promise<Finish> {
  const { model, sets } = parts;
  const train = await measureSet(parts, sets.train);
  if (!Number.isFinite(train.cost)) throw diverged(`the cost with the final weights is ${train.cost}`);
  const hash = createHash("sha256");
  for (const { data } of parameterTensors(model)) hash.update(new Uint8Array(data.buffer));
  const mistakes = new WorstMistakes();
  const { validation, test } = sets;
  const outcome: Outcome = {
    epochs,
    stoppedEarly,
    train,
    ...(validation && { validation: await (test ? measureSet(parts, validation) : lookThrough(parts, validation)) }),
    ...(test && { test: await lookThrough(parts, test, mistakes) }),
    weightsSha256: hash.digest("hex"),
    durationMs: spent.durationMs,
    samplesPerSecond: spent.durationMs > 0 ? (spent.samples / spent.durationMs) * 1000 : 0,
    model: packModel(parts, trainingTensors(model), epochs),
  };
  const facts = [shownWeights(parts), predictionsOf(parts, mistakes.found)].filter((fact) => fact !== undefined);
  return { outcome, facts };
}

// How well the model does on a set, and which classes it takes for which.
async function lookThrough(parts: TrainerParts, set: TrainingSet, mistakes?: WorstMistakes): Promise<FinalResult> {
  const { loss, predictions: classes } = parts.model;
  if (loss.targets !== "classes") return measureSet(parts, set);
  const confusion = classes > MOST_CONFUSED_CLASSES ? undefined : new ConfusionMatrix(classes);
  const result = await inspectSet(parts, set, (batch) => {
    confusion?.update(batch.predicted, batch.actual);
    mistakes?.look(batch);
  });
  return { ...result, ...(confusion && { confusionMatrix: confusion.result() }) };
}

/** The bytes of model.safetensors with the `tensors` that the model had after `epochs` epochs. */
export function packModel({ config, preprocessing }: TrainerParts, tensors: readonly Tensor[], epochs: number): Uint8Array<ArrayBuffer> {
  const { layers, loss } = config.model;
  return encodeModel({ name: config.name, layers, loss, preprocessing, dialect: dialectOf(config.data), epochs, tensors });
}
