// The config's `data` → samples in memory, split, as they were read.
import {
  type ClassTargets,
  type CsvOptions,
  type FeatureOptions,
  loadSamples,
  readCsv,
  settleAll,
  type Preprocessing,
  type SampleOptions,
  type Samples,
  split,
  type TableLayout,
  type ValueTargets,
} from "@downhill/data";
import { type LossConfig, lossFromConfig } from "@downhill/nn";
import { randomStream } from "@downhill/random";
import type { DataConfig, DialectConfig, SetConfig, SourceConfig } from "../config/Config.ts";

/** The name of a set in events, in its order. */
export const SET_NAMES = ["train", "validation", "test"] as const;

/** The name of a set. */
export type SetName = (typeof SET_NAMES)[number];

/** What a config says of how its CSV files are read. */
export type ReadingConfig = DialectConfig & Pick<DataConfig, "malformed">;

/** The samples of a run. */
export interface Sets {
  readonly train: Samples;
  readonly validation?: Samples;
  readonly test?: Samples;
}

/** Reads every set that the config names; fractions are taken from the training samples, the test set first. */
export async function loadSets(data: DataConfig, loss: LossConfig, seed: number): Promise<Sets> {
  const { targets } = lossFromConfig(loss);
  const reading = readingOf(data);
  let train = await loadSamples(data.train, { targets, ...reading, ...(data.columns && { columns: data.columns }) }).catch(
    async (error: unknown) => {
      await settleAll([
        () => Promise.reject(error as Error),
        ...otherSources(data).map((source) => () => readThrough(source, data, targets)),
      ]);
      throw error;
    },
  );
  const classes = classesOf(train);
  const load = async (set: SetConfig | undefined, substream: number): Promise<Samples | undefined> => {
    if (set === undefined) return undefined;
    if (!("fraction" in set)) {
      const { inputs, featureNames, table } = train;
      return loadSamples(set, { ...likeTraining(loss, { inputs, classes, featureNames, table: table?.layout }), ...reading });
    }
    const [rest, part] = split(train, set.fraction, randomStream(seed, "split").substream(substream));
    train = rest;
    return part;
  };
  const [test, validation] = await settleAll([() => load(data.test, 0), () => load(data.validation, 1)]);
  return { train, ...(validation && { validation }), ...(test && { test }) };
}

function otherSources({ test, validation }: DataConfig): SourceConfig[] {
  return [test, validation].filter((set) => set !== undefined && !("fraction" in set)) as SourceConfig[];
}

// Finds what is wrong with files as far as that can be told without the training samples.
async function readThrough(source: SourceConfig, { columns, ...data }: DataConfig, targets: SampleOptions["targets"]): Promise<void> {
  const reading = readingOf(data);
  if (columns === undefined || "images" in source) {
    await loadSamples(source, { targets, ...reading });
    return;
  }
  const files = "file" in source ? [source.file] : [source.features, source.labels];
  const skipAll: CsvOptions["columns"] = (head) => Array.from({ length: head.columns }, () => "skip");
  await settleAll(
    files.map((file) => async () => {
      for await (const _ of readCsv(file, { columns: skipAll, ...reading }));
    }),
  );
}

/** How the CSV files of a config are read. */
export function readingOf({ malformed, ...dialect }: ReadingConfig): ReadingConfig {
  return { ...(malformed !== undefined && { malformed }), ...dialectOf(dialect) };
}

/** What a config says of its files' dialect, and nothing else. */
export function dialectOf({ delimiter, header, comment }: DialectConfig): DialectConfig {
  return {
    ...(delimiter !== undefined && { delimiter }),
    ...(header !== undefined && { header }),
    ...(comment !== undefined && { comment }),
  };
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
