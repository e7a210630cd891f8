// config → samples → model in one memory: all that is read and taken, before anything is trained.
import { createLinalg, type Linalg } from "@downhill/linalg";
import { constant, type Loss, lossFromConfig, type NamedLayer, optimizerFromConfig, scheduleFromConfig, Sequential } from "@downhill/nn";
import type { SampleSet, SamplesShown } from "@downhill/sinks";
import type { Config } from "../config/Config.ts";
import { checkModel, summarize } from "./checkModel.ts";
import { setInitialWeights } from "./initialWeights.ts";
import { classesOf, outputsOf, SET_NAMES } from "./loadSets.ts";
import { notices } from "./notices.ts";
import type { PreparedData } from "./PreparedData.ts";
import { prepareSamples } from "./prepareSamples.ts";
import { prepareStream } from "./prepareStream.ts";
import { sourceFiles } from "./sourceFiles.ts";
import { Trainer } from "./Trainer.ts";

/** Reads the samples and builds the model. Throws a DataError, NnError or PipelineError for what a person can mend. */
export async function createTrainer(config: Config): Promise<Trainer> {
  const data = await (config.data.stream ? prepareStream(config) : prepareSamples(config));
  const layers = checkModel(config, data.train, data.preprocessing.image);

  const linalg = await createLinalg(config.compute);
  const loss = lossFromConfig(config.model.loss);
  const model = createModel(linalg, config, layers, loss, data.counts.train);
  const weights = config.model.weights === undefined ? undefined : await setInitialWeights(model, config.model.weights);
  return new Trainer({
    config,
    model,
    optimizer: optimizerFromConfig(model.parameters, config.optimizer),
    schedule: config.optimizer.schedule === undefined ? constant() : scheduleFromConfig(config.optimizer.schedule, config.epochs),
    sets: data.place(linalg, loss),
    preprocessing: data.preprocessing,
    ...(data.window && { window: data.window }),
    loaded: {
      sets: describeSets(data),
      model: summarize(config, layers),
      shown: shownEvents(data),
      checks: data.checks,
      notices: [...data.notices, ...notices(data.train, layers), weights?.notice, linalg.notice].filter((line) => line !== undefined),
      files: [...(await sourceFiles(config.data)), ...(weights ? [weights.file] : [])],
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

function shownEvents({ shown, preprocessing: { classes } }: PreparedData): SamplesShown[] {
  const names = SET_NAMES.filter((name) => name !== "validation" && shown[name].length > 0);
  return names.map((name) => ({ type: "samplesShown", set: name, ...(classes && { classes }), samples: [...shown[name]] }));
}

function describeSets({ train, counts }: PreparedData): SampleSet[] {
  const classes = classesOf(train);
  return SET_NAMES.flatMap((name) => {
    const samples = counts[name];
    if (samples === undefined) return [];
    return [{ name, samples, features: train.inputs, outputs: outputsOf(train.targets), ...(classes && { classes }) }];
  });
}
