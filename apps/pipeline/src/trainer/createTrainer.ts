// config → samples → model in one memory: all that is read and taken, before anything is trained.
import { checkData, fitPreprocessing, preprocessSamples, type Samples } from "@downhill/data";
import { createLinalg, type Linalg } from "@downhill/linalg";
import {
  constant,
  type Loss,
  lossFromConfig,
  type NamedLayer,
  optimizerFromConfig,
  ResidentSamples,
  scheduleFromConfig,
  Sequential,
} from "@downhill/nn";
import { randomStream } from "@downhill/random";
import type { Picture, SampleSet, SamplesShown } from "@downhill/sinks";
import type { Config } from "../config/Config.ts";
import { checkModel, imageSize, summarize } from "./checkModel.ts";
import { classesOf, loadSets, mapSets, outputsOf, SET_NAMES, type SetName, type Sets, targetNumbers } from "./loadSets.ts";
import { dataNotices } from "./dataNotices.ts";
import { notices } from "./notices.ts";
import { type ImageSize, pickRows, pictures } from "./pictures.ts";
import { sourceFiles } from "./sourceFiles.ts";
import { Trainer } from "./Trainer.ts";
import type { TrainingSet } from "./TrainingSet.ts";

/** Reads the samples and builds the model. Throws a DataError, NnError or PipelineError for what a person can mend. */
export async function createTrainer(config: Config): Promise<Trainer> {
  const raw = await loadSets(config.data, config.model.loss, config.seed);
  const { size, notice } = imageSize(config, raw.train);
  // Pictures show the pixels, and the check looks at the rows, as they were read: features may be scaled in place.
  // Of one channel: a picture is grey.
  const isGrey = size !== undefined && size.width * size.height === raw.train.inputs;
  const shown = picturesOf(raw, config.seed, isGrey ? size : undefined);
  const found = dataNotices(checkData(SET_NAMES.flatMap((name) => (raw[name] ? [[name, raw[name]] as const] : []))), raw.train, size);
  const preprocessing = fitPreprocessing(raw.train, { scale: config.data.scale, image: size });
  const sets = mapSets(raw, (samples) => preprocessSamples(preprocessing, samples));
  const layers = checkModel(config, sets.train, size);

  const linalg = await createLinalg(config.compute);
  const loss = lossFromConfig(config.model.loss);
  const model = createModel(linalg, config, layers, loss, sets.train.count);
  const place = (name: SetName, samples: Samples): TrainingSet => ({
    resident: takeIn(linalg, samples, loss),
    pictures: shown[name],
  });
  return new Trainer({
    config,
    model,
    optimizer: optimizerFromConfig(model.parameters, config.optimizer),
    schedule: config.optimizer.schedule === undefined ? constant() : scheduleFromConfig(config.optimizer.schedule, config.epochs),
    sets: {
      train: place("train", sets.train),
      ...(sets.validation && { validation: place("validation", sets.validation) }),
      ...(sets.test && { test: place("test", sets.test) }),
    },
    preprocessing,
    loaded: {
      sets: describeSets(sets),
      model: summarize(config, layers),
      shown: shownEvents(shown, preprocessing.classes),
      notices: [notice, ...found, ...notices(sets.train, layers), linalg.notice].filter((line) => line !== undefined),
      files: await sourceFiles(config.data),
      threads: linalg.threads,
      compute: linalg.compute,
    },
  });
}

function createModel(linalg: Linalg, config: Config, layers: readonly NamedLayer[], loss: Loss, count: number): Sequential {
  return new Sequential(linalg, {
    inputs: layers[0].input,
    layers: layers.map(({ description }) => description),
    loss,
    batchSize: config.batchSize === "full" ? count : Math.min(config.batchSize, count),
    seed: config.seed,
  });
}

function takeIn(linalg: Linalg, { features, targets, count }: Samples, loss: Loss): ResidentSamples {
  return new ResidentSamples(linalg, { features, targets: targetNumbers(targets), size: count }, loss);
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

function shownEvents(shown: Record<SetName, Picture[]>, classes: readonly string[] | undefined): SamplesShown[] {
  const names = SET_NAMES.filter((name) => name !== "validation" && shown[name].length > 0);
  return names.map((name) => ({ type: "samplesShown", set: name, ...(classes && { classes }), samples: shown[name] }));
}

function describeSets(sets: Sets): SampleSet[] {
  return SET_NAMES.flatMap((name) => {
    const samples = sets[name];
    if (samples === undefined) return [];
    const classes = classesOf(samples);
    return [{ name, samples: samples.count, features: samples.inputs, outputs: outputsOf(samples.targets), ...(classes && { classes }) }];
  });
}
