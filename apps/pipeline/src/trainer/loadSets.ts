// The config's `data` → samples in memory, split and scaled. What was fitted on the training samples is kept, so that
// the same is done to whatever the model sees later.
import {
  applyScale,
  type ClassTargets,
  fitScale,
  type LabelColumn,
  loadSamples,
  type SampleOptions,
  type Samples,
  type Scale,
  split,
  type ValueTargets,
} from "@downhill/data";
import { losses, type LossName } from "@downhill/nn";
import { randomStream } from "@downhill/random";
import type { DataConfig, SetConfig } from "../config/Config.ts";

/** The name of a set in events, in its order. */
export const SET_NAMES = ["train", "validation", "test"] as const;

/** The name of a set. */
export type SetName = (typeof SET_NAMES)[number];

/** The samples of a run; features are not scaled yet. */
export interface Sets {
  readonly train: Samples;
  readonly validation?: Samples;
  readonly test?: Samples;
}

/** What has to be known of the data to treat new rows like the training samples. */
export interface Preprocessing {
  readonly inputs: number;
  /** The columns' names, where the training table had a header. */
  readonly featureNames?: readonly string[];
  readonly scale?: Scale;
  /** Class names by index; absent in regression. */
  readonly classes?: readonly string[];
  readonly image?: { readonly width: number; readonly height: number };
  /** The label's column, where features and label came from one table. */
  readonly label?: LabelColumn;
}

/** Reads every set that the config names; fractions are taken from the training samples, the test set first. */
export async function loadSets(data: DataConfig, loss: LossName, seed: number): Promise<Sets> {
  const { targets } = losses[loss];
  let train = await loadSamples(data.train, { targets });
  const classes = classesOf(train);
  const load = async (set: SetConfig | undefined, substream: number): Promise<Samples | undefined> => {
    if (set === undefined) return undefined;
    if (!("fraction" in set))
      return loadSamples(set, likeTraining(loss, { inputs: train.inputs, classes, featureNames: train.featureNames }));
    const [rest, part] = split(train, set.fraction, randomStream(seed, "split").substream(substream));
    train = rest;
    return part;
  };
  const test = await load(data.test, 0);
  const validation = await load(data.validation, 1);
  return { train, ...(validation && { validation }), ...(test && { test }) };
}

/** How to read samples so that they are laid out as the training samples were. */
export function likeTraining(
  loss: LossName,
  { inputs, classes, featureNames }: Pick<Preprocessing, "inputs" | "classes" | "featureNames">,
): SampleOptions {
  return { targets: losses[loss].targets, inputs, ...(classes && { classes }), ...(featureNames && { featureNames }) };
}

/** Fits the scale on the training samples and applies it to every set, in place; `image` is the size of the image that a sample is. */
export function preprocess(sets: Sets, kind: DataConfig["scale"], image: Preprocessing["image"]): Preprocessing {
  const { train } = sets;
  const scale = kind === undefined ? undefined : fitScale(train, kind);
  if (scale !== undefined) {
    for (const name of SET_NAMES) {
      const samples = sets[name];
      if (samples !== undefined) applyScale(scale, samples.features, samples.inputs);
    }
  }
  const classes = classesOf(train);
  return {
    inputs: train.inputs,
    ...(train.featureNames && { featureNames: train.featureNames }),
    ...(scale && { scale }),
    ...(classes && { classes }),
    ...(image && { image }),
    ...(train.label && { label: train.label }),
  };
}

/** Class names by index, if the targets are classes. */
export function classesOf(samples: Samples): readonly string[] | undefined {
  return samples.targets.kind === "classes" ? samples.targets.classes : undefined;
}

/** Width of the targets: the number of classes or of values. */
export function outputsOf(targets: ClassTargets | ValueTargets): number {
  return targets.kind === "classes" ? targets.classes.length : targets.outputs;
}

/** The targets as plain numbers: class indices, or values row by row. */
export function targetNumbers(targets: ClassTargets | ValueTargets): Int32Array | Float32Array {
  return targets.kind === "classes" ? targets.indices : targets.values;
}
