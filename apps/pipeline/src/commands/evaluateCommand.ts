// `pipeline evaluate <run>`.
import { resolve } from "node:path";
import { loadSamples, type Samples, type StreamedSamples, streamLike } from "@downhill/data";
import type { DataConfig, SourceConfig } from "../config/Config.ts";
import { loadRunConfig, type RunConfig } from "../model/loadRunConfig.ts";
import { type ClassEvaluation, type Evaluation, evaluateSamples, evaluateStream } from "../model/evaluateSamples.ts";
import { TrainedModel } from "../model/TrainedModel.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { likeTraining, loadSets, type ReadingConfig, readingOf } from "../trainer/loadSets.ts";
import { streamSets } from "../trainer/prepareStream.ts";
import { sourceFiles } from "../trainer/sourceFiles.ts";
import { confusionTable } from "./confusionTable.ts";
import { printJson } from "./printJson.ts";
import { scoresTable } from "./scoresTable.ts";

/** The flags of `evaluate`. */
export interface EvaluateFlags {
  readonly data?: string;
  readonly labels?: string;
  readonly json?: boolean;
}

/** Prints how well the model of a run does on its own test set, or on the data given. */
export async function evaluateCommand(run: string, flags: EvaluateFlags): Promise<void> {
  const runDir = resolve(run);
  const runConfig = await loadRunConfig(runDir);
  const model = await TrainedModel.open(runDir);
  const { data: file, labels } = flags;
  const { data } = runConfig.config;
  const evaluation =
    file === undefined
      ? await evaluateTestSet(runConfig, model)
      : await evaluateFiles(sourceLike(data, file, labels), { ...data, malformed: "fail" }, model);
  if (flags.json) printJson(evaluation);
  else process.stdout.write(describe(evaluation, file === undefined ? "Test" : "Data"));
}

async function evaluateTestSet({ config, files }: RunConfig, model: TrainedModel): Promise<Evaluation> {
  const { test, stream } = config.data;
  if (test === undefined) throw new PipelineError(EXIT.usage, "the run has no test set; give --data FILE");
  if (!("fraction" in test)) return evaluateFiles(test, config.data, model);
  // The same rows are set aside again only from the same file.
  const now = await sourceFiles(config.data);
  const changed = now.find(({ sha256 }, index) => sha256 !== files[index]?.sha256);
  if (changed !== undefined) {
    throw new PipelineError(EXIT.data, `${changed.path} has changed since the run, which took its test set from it; give --data FILE`);
  }
  if (stream) return evaluateStream(model, (await streamSets(config)).sets.test as StreamedSamples);
  return evaluateSamples(model, (await loadSets(config.data, config.model.loss, config.seed)).test as Samples);
}

async function evaluateFiles(
  source: SourceConfig,
  { stream, ...data }: Pick<DataConfig, "stream"> & ReadingConfig,
  model: TrainedModel,
): Promise<Evaluation> {
  const { loss, preprocessing } = model;
  const options = { ...likeTraining(loss, preprocessing), ...readingOf(data) };
  return stream
    ? evaluateStream(model, await streamLike(source, preprocessing, options))
    : evaluateSamples(model, await loadSamples(source, options));
}

// The data is taken to be laid out as the training data was.
function sourceLike({ train }: DataConfig, file: string, labels: string | undefined): SourceConfig {
  if ("file" in train) return { file, label: train.label };
  if (labels === undefined) {
    throw new PipelineError(EXIT.usage, "the run has its labels in a file of their own; give --labels FILE beside --data");
  }
  return "images" in train ? { images: file, labels } : { features: file, labels };
}

function describe(evaluation: Evaluation, set: string): string {
  const { samples, cost } = evaluation;
  const line = `${set} ${measures(evaluation).join(", ")}, cost ${cost.toPrecision(4)}, ${samples} samples\n`;
  const { byClass, confusionMatrix = [], classes = [] } = evaluation;
  if (byClass === undefined) return line;
  const tables = [scoresTable(evaluation as ClassEvaluation), confusionTable(confusionMatrix, classes)];
  return [line, ...tables.filter((table) => table !== "")].join("\n");
}

function measures({ accuracy, topK = {}, rmse, meanAbsoluteError, r2 }: Evaluation): string[] {
  if (accuracy === undefined) {
    const explained = r2 === undefined ? [] : [`R² ${r2.toFixed(4)}`];
    return [`RMSE ${rmse?.toPrecision(5)}`, `MAE ${meanAbsoluteError?.toPrecision(5)}`, ...explained];
  }
  const top = Object.entries(topK).filter(([k]) => k !== "1");
  return [`accuracy ${percent(accuracy)}`, ...top.map(([k, share]) => `top-${k} ${percent(share)}`)];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
