// `"stream": true`: the files are read through once to be checked and fitted to, and again in each pass.
import { preprocessSamples, streamLike, streamSamples, type SetCheck, type StreamedSamples } from "@downhill/data";
import { lossFromConfig } from "@downhill/nn";
import { randomStream } from "@downhill/random";
import type { Config } from "../config/Config.ts";
import { imageSize } from "./checkModel.ts";
import { dataNotices } from "./dataNotices.ts";
import { likeTraining, readingOf, SET_NAMES, type SetName } from "./loadSets.ts";
import type { PreparedData } from "./PreparedData.ts";
import { streamedSet } from "./streamedSet.ts";

const NOT_LOOKED_FOR =
  "streamed samples are not looked through for rows that stand twice or in two sets; images are not shown, and classes have about their share in a set that is a fraction";

/** Reads and fits the streamed sets of a config. Throws a DataError or PipelineError for what a person can mend. */
export async function prepareStream(config: Config): Promise<PreparedData> {
  const { raw, preprocessing: fitted, sets } = await streamSets(config);
  const { size, notice } = imageSize(config, raw);
  const preprocessing = { ...fitted, ...(size && { image: size }) };
  const names = SET_NAMES.filter((name) => sets[name] !== undefined);
  const checks = names.map((name): SetCheck => ({ ...(sets[name] as StreamedSamples).check, name }));
  return {
    train: preprocessSamples(preprocessing, raw),
    counts: { train: sets.train.count, ...countOf(sets, "validation"), ...countOf(sets, "test") },
    preprocessing,
    checks,
    notices: [...(notice === undefined ? [] : [notice]), ...dataNotices(checks, raw, size), NOT_LOOKED_FOR],
    shown: { train: [], validation: [], test: [] },
    window: { rows: sets.train.bufferRows(config.data.shuffleBuffer), rowBytes: sets.train.rowBytes },
    place: () => ({
      train: streamedSet(sets.train, config),
      ...(sets.validation && { validation: streamedSet(sets.validation, config) }),
      ...(sets.test && { test: streamedSet(sets.test, config) }),
    }),
  };
}

/** The sets of a config whose samples are streamed. */
export interface StreamedSets extends Pick<Awaited<ReturnType<typeof streamSamples>>, "raw" | "preprocessing"> {
  readonly sets: Readonly<Partial<Record<SetName, StreamedSamples>> & Record<"train", StreamedSamples>>;
}

/** Opens them; the same config and files give the same sets. */
export async function streamSets({ data, model, seed }: Config): Promise<StreamedSets> {
  // The test set is taken first, and validation is a share of what is left, as in memory.
  const shares = (["test", "validation"] as const).flatMap((name, index) => {
    const set = data[name];
    return set && "fraction" in set ? [{ name, fraction: set.fraction, stream: randomStream(seed, "split").substream(index) }] : [];
  });
  const { targets, range } = lossFromConfig(model.loss);
  const { raw, preprocessing, sets } = await streamSamples(data.train, {
    targets,
    shares,
    scaleTargets: range === undefined,
    ...readingOf(data),
    ...(data.columns && { columns: data.columns }),
    ...(data.scale !== undefined && { scale: data.scale }),
  });
  const open = async (name: "validation" | "test"): Promise<StreamedSamples | undefined> => {
    const set = data[name];
    if (set === undefined) return undefined;
    if ("fraction" in set) return sets[1 + shares.findIndex((share) => share.name === name)];
    return streamLike(set, preprocessing, { ...likeTraining(model.loss, preprocessing), ...readingOf(data) });
  };
  const [validation, test] = [await open("validation"), await open("test")];
  return { raw, preprocessing, sets: { train: sets[0], ...(validation && { validation }), ...(test && { test }) } };
}

function countOf(sets: StreamedSets["sets"], name: SetName): Partial<Record<SetName, number>> {
  const set = sets[name];
  return set === undefined ? {} : { [name]: set.count };
}
