// The rows that an exported model is compared on: the run's own, where they are still to be had, else some in the range of its training data.
import type { Features, FittedColumn, Preprocessing, Samples } from "@downhill/data";
import { type RandomStream, randomStream } from "@downhill/random";
import { exitCodeOf } from "../failure.ts";
import type { RunConfig } from "../model/loadRunConfig.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { loadSets } from "../trainer/loadSets.ts";
import { sourceFiles } from "../trainer/sourceFiles.ts";

/** More would take longer and show no more. */
const ROWS = 256;

/** Raw rows, and where they are from. */
export interface VerificationRows {
  readonly rows: Features;
  /** As a message tells it: `the test set`. */
  readonly from: string;
}

/** The first rows of the run's test set, or of its training set; random rows where its files are not what they were. */
export async function verificationRows(run: () => Promise<RunConfig>, preprocessing: Preprocessing): Promise<VerificationRows> {
  try {
    const { set, samples } = await ownSamples(await run());
    return { rows: firstRows(samples), from: `the ${set} set` };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    // Of the system's errors, such as a file that is gone, none is a bug.
    if (exitCodeOf(error) === EXIT.unexpected && code === undefined) throw error;
    const [reason] = message.split("\n");
    return { rows: randomRows(preprocessing), from: `random values in the range of training, since ${reason}` };
  }
}

async function ownSamples({ config, files }: RunConfig): Promise<{ readonly set: string; readonly samples: Samples }> {
  if (config.data.stream) throw new PipelineError(EXIT.data, "the run streams its data");
  const now = await sourceFiles(config.data);
  const changed = now.find(({ sha256 }, index) => sha256 !== files[index]?.sha256);
  if (changed !== undefined) throw new PipelineError(EXIT.data, `${changed.path} has changed since the run`);
  const { test, train } = await loadSets(config.data, config.model.loss, config.seed);
  return test === undefined || test.count === 0 ? { set: "training", samples: train } : { set: "test", samples: test };
}

function firstRows({ count, inputs, features, table }: Samples): Features {
  const size = Math.min(ROWS, count);
  return { count: size, inputs, features: features.slice(0, size * inputs), ...(table && { table }) };
}

/** Rows drawn from a stream of their own: numbers in the range that the scale tells, categories of training, others, and gaps where gaps are filled. */
export function randomRows(preprocessing: Preprocessing): Features {
  const stream = randomStream(0, "picks");
  const { table } = preprocessing;
  const inputs = table?.columns.length ?? preprocessing.inputs;
  const features = new Float32Array(ROWS * inputs);
  const drawers = table === undefined ? numbers(preprocessing, stream) : columns(preprocessing, table.columns, stream);
  for (let at = 0; at < features.length; at += 1) features[at] = drawers(at % inputs);
  const texts = table?.columns.map(textsOf);
  return { count: ROWS, inputs, features, ...(table && texts && { table: { layout: table, texts, dropped: 0 } }) };
}

type Draw = (column: number) => number;

function numbers({ scale }: Preprocessing, stream: RandomStream): Draw {
  if (scale === undefined) return () => 2 * stream.uniform() - 1;
  switch (scale.type) {
    case "divide":
      return () => stream.uniform() * scale.by;
    case "standard":
      return (column) => scale.mean[column] + (4 * stream.uniform() - 2) * scale.deviation[column];
    case "minmax":
      return (column) => scale.minimum[column] + stream.uniform() * (scale.maximum[column] - scale.minimum[column]);
  }
}

// A column's number is drawn in the range of its feature, which stands behind those of the columns before.
function columns(preprocessing: Preprocessing, fitted: readonly FittedColumn[], stream: RandomStream): Draw {
  const number = numbers(preprocessing, stream);
  const places: number[] = [];
  let place = 0;
  for (const { categories } of fitted) {
    places.push(place);
    place += categories?.length ?? 1;
  }
  return (column) => {
    const { fill } = fitted[column];
    if (fill !== undefined && stream.uniform() < 0.1) return Number.NaN;
    const texts = textsOf(fitted[column]);
    return texts === undefined ? number(places[column]) : Math.floor(stream.uniform() * texts.length);
  };
}

// With one that training had not, where that is no error.
function textsOf({ categories, unknown }: FittedColumn): readonly string[] | undefined {
  if (categories === undefined) return undefined;
  return unknown === "error" ? categories : [...categories, `not ${categories.join(" or ")}`.slice(0, 80)];
}
