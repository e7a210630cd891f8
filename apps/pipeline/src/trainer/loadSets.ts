// The config's `data` → samples in memory, split, as they were read.
import {
  type ClassTargets,
  type FeatureOptions,
  loadSamples,
  type Preprocessing,
  type SampleOptions,
  type Samples,
  split,
  type TableLayout,
  type ValueTargets,
} from "@downhill/data";
import { type LossConfig, lossFromConfig } from "@downhill/nn";
import { randomStream } from "@downhill/random";
import type { DataConfig, SetConfig } from "../config/Config.ts";

/** The name of a set in events, in its order. */
export const SET_NAMES = ["train", "validation", "test"] as const;

/** The name of a set. */
export type SetName = (typeof SET_NAMES)[number];

/** The samples of a run. */
export interface Sets {
  readonly train: Samples;
  readonly validation?: Samples;
  readonly test?: Samples;
}

/** Reads every set that the config names; fractions are taken from the training samples, the test set first. */
export async function loadSets(data: DataConfig, loss: LossConfig, seed: number): Promise<Sets> {
  const { targets } = lossFromConfig(loss);
  let train = await loadSamples(data.train, { targets, ...(data.columns && { columns: data.columns }) });
  const classes = classesOf(train);
  const load = async (set: SetConfig | undefined, substream: number): Promise<Samples | undefined> => {
    if (set === undefined) return undefined;
    if (!("fraction" in set))
      return loadSamples(
        set,
        likeTraining(loss, { inputs: train.inputs, classes, featureNames: train.featureNames, table: train.table?.layout }),
      );
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
  loss: LossConfig,
  { inputs, classes, featureNames, table }: Pick<Preprocessing, "inputs" | "classes" | "featureNames"> & { readonly table?: TableLayout },
): SampleOptions {
  return { targets: lossFromConfig(loss).targets, ...(classes && { classes }), ...likeTrainingFeatures({ inputs, featureNames, table }) };
}

/** The same for features alone. */
export function likeTrainingFeatures({
  inputs,
  featureNames,
  table,
}: Pick<Preprocessing, "inputs" | "featureNames"> & { readonly table?: TableLayout }): FeatureOptions {
  return table === undefined ? { inputs, ...(featureNames && { featureNames }) } : { layout: table };
}

/** The same done to every set. */
export function mapSets(sets: Sets, change: (samples: Samples, name: SetName) => Samples): Sets {
  const changed = (name: "validation" | "test"): Partial<Sets> => {
    const samples = sets[name];
    return samples === undefined ? {} : { [name]: change(samples, name) };
  };
  return { train: change(sets.train, "train"), ...changed("validation"), ...changed("test") };
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
