// What training came to: the measures of the sets, predictions, and the model as a file.
import { createHash } from "node:crypto";
import { parameterTensors, predict, type Tensor, trainingTensors } from "@downhill/nn";
import type { SamplesPredicted } from "@downhill/sinks";
import { encodeModel } from "../model/modelFile.ts";
import { diverged } from "./diverged.ts";
import { measureSet } from "./measures.ts";
import { dialectOf } from "./loadSets.ts";
import type { Spent } from "./Progress.ts";
import type { Outcome } from "./protocol.ts";
import type { TrainerParts } from "./TrainerParts.ts";

/** How training ended. */
export interface Ending {
  readonly epochs: number;
  readonly stoppedEarly: boolean;
  readonly spent: Spent;
}

/** Evaluates every set with the model as it is and packs it. Throws a PipelineError (diverged) if its cost is no number. */
export async function outcomeOf(parts: TrainerParts, { epochs, stoppedEarly, spent }: Ending): Promise<Outcome> {
  const { model, sets } = parts;
  const train = await measureSet(parts, sets.train);
  if (!Number.isFinite(train.cost)) throw diverged(`the cost with the final weights is ${train.cost}`);
  const hash = createHash("sha256");
  for (const { data } of parameterTensors(model)) hash.update(new Uint8Array(data.buffer));
  return {
    epochs,
    stoppedEarly,
    train,
    ...(sets.validation && { validation: await measureSet(parts, sets.validation) }),
    ...(sets.test && { test: await measureSet(parts, sets.test) }),
    weightsSha256: hash.digest("hex"),
    durationMs: spent.durationMs,
    samplesPerSecond: spent.durationMs > 0 ? (spent.samples / spent.durationMs) * 1000 : 0,
    model: packModel(parts, trainingTensors(model), epochs),
  };
}

/** What the model says of the picked test images (or training images without a test set); undefined if there are none. */
export function predictionsOf({ model, sets, preprocessing }: TrainerParts): SamplesPredicted | undefined {
  const { pictures } = sets.test ?? sets.train;
  const { classes } = preprocessing;
  if (classes === undefined || pictures.length === 0) return undefined;
  const samples = pictures.map(({ picture, features }) => {
    const probabilities = [...predict(model, features(), 1)];
    return { ...picture, predicted: probabilities.indexOf(Math.max(...probabilities)), probabilities };
  });
  return { type: "samplesPredicted", set: sets.test ? "test" : "train", classes, samples };
}

/** The bytes of model.safetensors with the `tensors` that the model had after `epochs` epochs. */
export function packModel({ config, preprocessing }: TrainerParts, tensors: readonly Tensor[], epochs: number): Uint8Array<ArrayBuffer> {
  const { layers, loss } = config.model;
  return encodeModel({ name: config.name, layers, loss, preprocessing, dialect: dialectOf(config.data), epochs, tensors });
}
