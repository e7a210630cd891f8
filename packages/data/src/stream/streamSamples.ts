// Files that don't fit in memory → sets that are read anew in each pass. What has to be known of all rows is found in a first pass (a median takes
// two more), in memory that doesn't grow with the rows.
import type { Preprocessing } from "../columns/Preprocessing.ts";
import type { SampleOptions, SampleSource } from "../samples/loadSamples.ts";
import type { ClassTargets, Samples, ValueTargets } from "../samples/Samples.ts";
import type { ScaleKind } from "../samples/scale.ts";
import { BlockReader } from "./BlockReader.ts";
import { checkKnown, fitStream } from "./fitStream.ts";
import { MedianCounter } from "./MedianCounter.ts";
import { RowShares, type RowShare } from "./RowShares.ts";
import { StreamedSamples } from "./StreamedSamples.ts";
import { rowsOf, setsOf, surveyRows, type Survey } from "./surveyRows.ts";

/** How to stream a training set. */
export interface StreamOptions extends SampleOptions {
  /** Of the columns of numbers. */
  readonly scale?: ScaleKind;
  /** `false` leaves the values to predict as they are. */
  readonly scaleTargets?: boolean;
  /** Parts to set aside. Each row is drawn for itself, so a part has about its share, and of each class about the same. */
  readonly shares?: readonly RowShare[];
}

/** A training set that stays in its files. */
export interface StreamedTable {
  /** What all raw samples have in common, without one. */
  readonly raw: Samples;
  /** Fitted to the rows of the first set. */
  readonly preprocessing: Preprocessing;
  /** The rest for training, then a set for each share. */
  readonly sets: readonly [train: StreamedSamples, ...parts: StreamedSamples[]];
}

/**
 * Reads CSV files once, from `features` and `labels` in lockstep or one table, fits all that `fitPreprocessing` would, and gives the sets. The
 * sources must be readable again: paths, addresses, bytes. Throws a DataError, with file and line, for anything that is not as it must be.
 */
export async function streamSamples(source: SampleSource, options: StreamOptions): Promise<StreamedTable> {
  const { shares = [], scale, scaleTargets = true, classes } = options;
  const reader = await BlockReader.open(source, options);
  const survey = await surveyRows(reader, shares, classes);
  const raw: Samples = { ...reader.empty, targets: noTargets(survey), ...(reader.label && { label: reader.label }) };
  const medians = await countMedians(reader, shares);
  const preprocessing = fitStream({ raw, file: reader.file, survey, scale, scaleTargets, medians });
  const [train, ...parts] = survey.sets.map((_, set) => streamed(reader, { survey, shares, set, preprocessing }));
  return { raw, preprocessing, sets: [train, ...parts] };
}

/** The rows of other files as the training rows are seen, with the options that `loadSamples` would take for them. Throws as {@link streamSamples}. */
export async function streamLike(source: SampleSource, preprocessing: Preprocessing, options: SampleOptions): Promise<StreamedSamples> {
  const reader = await BlockReader.open(source, options);
  const survey = await surveyRows(reader, [], preprocessing.classes);
  if (preprocessing.table !== undefined) checkKnown(preprocessing.table, survey.sets[0], reader.file);
  return streamed(reader, { survey, shares: [], set: 0, preprocessing });
}

function streamed(
  reader: BlockReader,
  { survey, shares, set, preprocessing }: { survey: Survey; shares: readonly RowShare[]; set: number; preprocessing: Preprocessing },
): StreamedSamples {
  const { classes, sets, dropped, leftOut } = survey;
  const histogram = classes && new Array<number>(classes.classes.length).fill(0);
  if (histogram !== undefined) sets[set].labels.forEach((rows, number) => (histogram[classes?.indices[number] ?? 0] += rows));
  const counted = sets[set].check(`set ${set}`, set === 0 ? dropped : 0, histogram);
  // What was left out of the file is told of the rest.
  const check = leftOut === undefined || set > 0 ? counted : { ...counted, leftOut: [leftOut] };
  return new StreamedSamples({ reader, preprocessing, shares, set, check });
}

function noTargets({ classes, sets: [{ values }] }: Survey): ClassTargets | ValueTargets {
  return classes === undefined
    ? { kind: "values", values: new Float32Array(0), outputs: values.width }
    : { kind: "classes", indices: new Int32Array(0), classes: classes.classes };
}

// Two passes more, where a column asks for its median.
async function countMedians(reader: BlockReader, shares: readonly RowShare[]): Promise<ReadonlyMap<number, MedianCounter>> {
  const columns = reader.empty.table?.layout.columns ?? [];
  const counters = new Map(columns.flatMap(({ missing }, place) => (missing === "median" ? [[place, new MedianCounter()] as const] : [])));
  if (counters.size === 0) return counters;
  for (const method of ["add", "addAgain"] as const) {
    const draws = new RowShares(shares);
    for await (const { features } of reader.read()) {
      const { features: values, inputs } = features;
      for (const row of rowsOf(setsOf(features, draws), 0)) {
        for (const [place, counter] of counters) {
          const value = values[row * inputs + place];
          if (!Number.isNaN(value)) counter[method](value);
        }
      }
    }
  }
  return counters;
}
