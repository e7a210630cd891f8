// How well a model does on samples: one pass, in which every measure sees every batch.
import { type Batch, batches, preprocessSamples, restoreValues, type Samples, type StreamedSamples } from "@downhill/data";
import { ConfusionMatrix, MeanAbsoluteError, PrecisionRecallF1, R2, type Scores, TopKAccuracy } from "@downhill/metrics";
import type { Result } from "@downhill/sinks";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { inOwnUnit } from "../trainer/measures.ts";
import { argmax } from "./argmax.ts";
import { classNames } from "./classNames.ts";
import { BATCH_SIZE, NOT_FINITE, type OutputBatch, type TrainedModel } from "./TrainedModel.ts";

/** The matrix of more classes would be larger than most sets of samples. */
const MOST_CONFUSED_CLASSES = 1000;
/** Whether the right class is among so many; told where there are more classes. */
const TOP = 5;

/** The scores of a class, by its name. */
export interface NamedScores extends Scores {
  readonly class: string;
  /** Samples of the class. */
  readonly support: number;
}

/** How well a model does on a set, with classes. */
export interface ClassEvaluation {
  readonly classes: readonly string[];
  /** Samples by [actual][predicted]; not there for more than 1000 classes. */
  readonly confusionMatrix?: readonly (readonly number[])[];
  readonly byClass: readonly NamedScores[];
  /** The mean of the scores over the classes that occur. */
  readonly macro: Scores;
  /** Their mean weighted by support. */
  readonly weighted: Scores;
  /** Shares of samples whose class is among the k most likely, by k; there for more than 5 classes. */
  readonly topK?: Readonly<Record<string, number>>;
}

/** How well a model does on a set, with values; in their own unit. */
export interface ValueEvaluation {
  readonly meanAbsoluteError: number;
  /** The mean over the outputs; not there where an output's values are all the same. */
  readonly r2?: number;
}

/** How well a model does on a set. */
export type Evaluation = Result & { readonly samples: number } & Partial<ClassEvaluation & ValueEvaluation>;

/** Something that is told each batch, and then what it found. */
interface Measure {
  look(batch: OutputBatch): void;
  result(): Partial<ClassEvaluation & ValueEvaluation>;
}

/** Evaluates raw samples, which may be scaled in place. Throws a PipelineError (data) if the cost is not finite. */
export async function evaluateSamples(model: TrainedModel, samples: Samples): Promise<Evaluation> {
  return evaluateBatches(model, batches(preprocessSamples(model.preprocessing, samples), { batchSize: BATCH_SIZE }));
}

/** The same for samples that stay in their file. */
export async function evaluateStream(model: TrainedModel, samples: StreamedSamples): Promise<Evaluation> {
  return evaluateBatches(model, samples.batches({ batchSize: BATCH_SIZE }));
}

async function evaluateBatches(model: TrainedModel, all: Iterable<Batch> | AsyncIterable<Batch>): Promise<Evaluation> {
  const { preprocessing } = model;
  const measure = preprocessing.classes === undefined ? valueMeasure(model) : classMeasure(model);
  const { samples, ...found } = await model.pass(all, (batch) => measure.look(batch));
  if (!Number.isFinite(found.cost)) throw new PipelineError(EXIT.data, `the cost is ${found.cost}: ${NOT_FINITE}`);
  return { samples, ...inOwnUnit(found, preprocessing), ...measure.result() };
}

function classMeasure({ outputs: width, preprocessing }: TrainedModel): Measure {
  const classes = classNames(preprocessing, width);
  const confusion = width > MOST_CONFUSED_CLASSES ? undefined : new ConfusionMatrix(width);
  const scores = new PrecisionRecallF1(width);
  const top = width > TOP ? [1, TOP].map((k) => new TopKAccuracy(k, width)) : [];
  return {
    look({ size, outputs, targets: actual }) {
      const predicted = Int32Array.from({ length: size }, (_, row) => argmax(outputs, row * width, width));
      confusion?.update(predicted, actual);
      scores.update(predicted, actual);
      for (const metric of top) metric.update(outputs, actual);
    },
    result() {
      const { classes: byClass, macro, weighted } = scores.result();
      return {
        classes,
        ...(confusion && { confusionMatrix: confusion.result() }),
        byClass: byClass.map((found, index) => ({ class: classes[index], ...found })),
        macro,
        weighted,
        ...(top.length > 0 && { topK: Object.fromEntries(top.map((metric) => [metric.k, metric.result()])) }),
      };
    },
  };
}

function valueMeasure({ outputs: width, preprocessing: { target } }: TrainedModel): Measure {
  const restored = (values: Batch["targets"]): Batch["targets"] =>
    target === undefined ? values : restoreValues(target, Float32Array.from(values));
  const distance = new MeanAbsoluteError();
  const explained = Array.from({ length: width }, () => new R2());
  return {
    look({ outputs, targets }) {
      const [predicted, actual] = [restored(outputs), restored(targets)];
      distance.update(predicted, actual);
      explained.forEach((metric, output) => {
        const ofOutput = (_: number, place: number): boolean => place % width === output;
        metric.update(predicted.filter(ofOutput), actual.filter(ofOutput));
      });
    },
    result() {
      const r2 = explained.reduce((sum, metric) => sum + metric.result(), 0) / width;
      return { meanAbsoluteError: distance.result(), ...(Number.isFinite(r2) && { r2 }) };
    },
  };
}
