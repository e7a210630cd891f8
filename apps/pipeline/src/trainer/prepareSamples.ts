// The config's data in memory: read, checked, split, fitted to and preprocessed.
import { checkData, fitPreprocessing, preprocessSamples, type Samples } from "@downhill/data";
import { lossFromConfig, ResidentSamples } from "@downhill/nn";
import { randomStream } from "@downhill/random";
import type { Picture } from "@downhill/sinks";
import type { Config } from "../config/Config.ts";
import { imageSize } from "./checkModel.ts";
import { dataNotices } from "./dataNotices.ts";
import { loadSets, mapSets, SET_NAMES, type SetName, type Sets, targetNumbers } from "./loadSets.ts";
import { type ImageSize, pickRows, pictures, picturesOfAny } from "./pictures.ts";
import type { PreparedData } from "./PreparedData.ts";
import { residentSet } from "./residentSet.ts";
import type { TrainingSet } from "./TrainingSet.ts";

/** Reads and fits the sets of a config. Throws a DataError or PipelineError for what a person can mend. */
export async function prepareSamples(config: Config): Promise<PreparedData> {
  const raw = await loadSets(config.data, config.model.loss, config.seed);
  const { size, notice } = imageSize(config, raw.train);
  // Pictures show the pixels, and the check looks at the rows, as they were read: features may be scaled in place.
  // Of one channel: a picture is grey.
  const isGrey = size !== undefined && size.width * size.height === raw.train.inputs;
  const shown = picturesOf(raw, config.seed, isGrey ? size : undefined);
  // Which of the test images are the worst mistakes is known when the features are long scaled.
  const testPicture = isGrey && raw.test?.targets.kind === "classes" ? picturesOfAny(raw.test, size) : undefined;
  const checks = checkData(SET_NAMES.flatMap((name) => (raw[name] ? [[name, raw[name]] as const] : [])));
  const found = dataNotices(checks, raw.train, size);
  const scaleTargets = lossFromConfig(config.model.loss).range === undefined;
  const preprocessing = fitPreprocessing(raw.train, { scale: config.data.scale, image: size, scaleTargets });
  const sets = mapSets(raw, (samples) => preprocessSamples(preprocessing, samples));
  const { train, validation, test } = sets;
  return {
    train,
    counts: { train: train.count, ...(validation && { validation: validation.count }), ...(test && { test: test.count }) },
    preprocessing,
    checks,
    notices: [...(notice === undefined ? [] : [notice]), ...found],
    shown,
    place(linalg, loss) {
      const place = (name: SetName, { features, targets, count }: Samples, picture?: TrainingSet["picture"]): TrainingSet => {
        const resident = new ResidentSamples(linalg, { features, targets: targetNumbers(targets), size: count }, loss);
        return residentSet(resident, config, shown[name], picture);
      };
      return {
        train: place("train", train),
        ...(validation && { validation: place("validation", validation) }),
        ...(test && { test: place("test", test, testPicture) }),
      };
    },
  };
}

// Each set has its own substream, so that another test set leaves the training images as they were.
function picturesOf(sets: Sets, seed: number, size: ImageSize | undefined): Record<SetName, Picture[]> {
  const picks = randomStream(seed, "picks");
  const of = (name: SetName, index: number): Picture[] => {
    const samples = sets[name];
    return size && samples ? pictures(samples, pickRows(samples.count, picks.substream(index)), size) : [];
  };
  return { train: of("train", 0), validation: of("validation", 1), test: of("test", 2) };
}
