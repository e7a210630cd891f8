// `pipeline evaluate <run>`.
import { resolve } from "node:path";
import { loadSamples, type Samples } from "@downhill/data";
import { losses } from "@downhill/nn";
import type { DataConfig, SourceConfig } from "../config/Config.ts";
import { loadRunConfig } from "../model/loadRunConfig.ts";
import { TrainedModel } from "../model/TrainedModel.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { loadSets } from "../trainer/loadSets.ts";

/** The flags of `evaluate`. */
export interface EvaluateFlags {
  readonly data?: string;
  readonly labels?: string;
  readonly json?: boolean;
}

/** Prints how well the model of a run does on its own test set, or on the data given. */
export async function evaluateCommand(run: string, flags: EvaluateFlags): Promise<void> {
  const runDir = resolve(run);
  const config = await loadRunConfig(runDir);
  const model = await TrainedModel.open(runDir);
  const samples = flags.data === undefined ? await testSet(config) : await otherData(config.data, flags, model);
  const result = await model.evaluate(samples);
  process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : describe(result, flags.data === undefined ? "Test" : "Data"));
}

async function testSet(config: Awaited<ReturnType<typeof loadRunConfig>>): Promise<Samples> {
  const { test } = await loadSets(config.data, config.model.loss, config.seed);
  if (test === undefined) throw new PipelineError(EXIT.usage, "the run has no test set; give --data FILE");
  return test;
}

async function otherData(data: DataConfig, { data: file = "", labels }: EvaluateFlags, model: TrainedModel): Promise<Samples> {
  const { inputs, classes } = model.preprocessing;
  return loadSamples(sourceLike(data.train, file, labels), { targets: losses[model.loss].targets, inputs, ...(classes && { classes }) });
}

// The data is taken to be laid out as the training data was.
function sourceLike(train: SourceConfig, file: string, labels: string | undefined): SourceConfig {
  if ("file" in train) return { file, label: train.label };
  if (labels === undefined)
    throw new PipelineError(EXIT.usage, "the run has its labels in a file of their own; give --labels FILE beside --data");
  return "images" in train ? { images: file, labels } : { features: file, labels };
}

function describe({ samples, cost, accuracy, rmse }: Awaited<ReturnType<TrainedModel["evaluate"]>>, set: string): string {
  const measure = accuracy === undefined ? `RMSE ${rmse?.toPrecision(5)}` : `accuracy ${(accuracy * 100).toFixed(2)}%`;
  return `${set} ${measure}, cost ${cost.toFixed(4)}, ${samples} samples\n`;
}
