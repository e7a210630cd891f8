import { checkClassCount, checkClassIndices, checkSameClasses } from "./classIndices.ts";
import type { Metric } from "./Metric.ts";
import { checkSameLength } from "./MetricError.ts";

/** How well a class is found, each 0..1. */
export interface Scores {
  /** Of the samples taken for the class, the share that is of it. */
  readonly precision: number;
  /** Of the samples of the class, the share that was found. */
  readonly recall: number;
  /** 2 · precision · recall / (precision + recall). */
  readonly f1: number;
}

/** The scores of one class, with the number of samples that are of it. */
export interface ClassScores extends Scores {
  readonly support: number;
}

/** The scores of every class, by index, and their means. */
export interface ScoresByClass {
  readonly classes: readonly ClassScores[];
  /** The mean over the classes that occur, as a true one or as a predicted one. */
  readonly macro: Scores;
  /** The mean weighted by support. */
  readonly weighted: Scores;
}

/**
 * Precision, recall and F1 by class. What would be 0 / 0 is 0: the precision of a class that was never predicted, the recall of one without
 * samples, the F1 of one without hits. The means are NaN while there are no samples.
 */
export class PrecisionRecallF1 implements Metric<ScoresByClass> {
  readonly classes: number;
  // By class: samples predicted right, samples predicted, samples.
  readonly #hits: Float64Array;
  readonly #predicted: Float64Array;
  readonly #actual: Float64Array;

  /** Throws a MetricError unless `classes` is a whole number of at least 1. */
  constructor(classes: number) {
    checkClassCount("PrecisionRecallF1", classes);
    this.classes = classes;
    this.#hits = new Float64Array(classes);
    this.#predicted = new Float64Array(classes);
    this.#actual = new Float64Array(classes);
  }

  reset(): void {
    for (const counts of [this.#hits, this.#predicted, this.#actual]) counts.fill(0);
  }

  /** Takes class indices in. Throws a MetricError, before counting any, on an index that is no class. */
  update(predicted: ArrayLike<number>, actual: ArrayLike<number>): void {
    checkSameLength("PrecisionRecallF1", predicted, actual);
    for (const indices of [predicted, actual]) checkClassIndices("PrecisionRecallF1", indices, this.classes);
    for (let index = 0; index < actual.length; index += 1) {
      this.#predicted[predicted[index]] += 1;
      this.#actual[actual[index]] += 1;
      if (predicted[index] === actual[index]) this.#hits[actual[index]] += 1;
    }
  }

  result(): ScoresByClass {
    const classes = Array.from(this.#actual, (support, index): ClassScores => {
      const hits = this.#hits[index];
      const predicted = this.#predicted[index];
      // The same as of precision and recall, with one rounding.
      return { precision: share(hits, predicted), recall: share(hits, support), f1: share(2 * hits, predicted + support), support };
    });
    const occurs = this.#actual.map((support, index) => (support + this.#predicted[index] > 0 ? 1 : 0));
    return { classes, macro: meanScores(classes, occurs), weighted: meanScores(classes, this.#actual) };
  }

  /** Adds the counts of `other`. Throws a MetricError unless it has as many classes. */
  merge(other: this): void {
    checkSameClasses("PrecisionRecallF1", this.classes, other.classes);
    for (let index = 0; index < this.classes; index += 1) {
      this.#hits[index] += other.#hits[index];
      this.#predicted[index] += other.#predicted[index];
      this.#actual[index] += other.#actual[index];
    }
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function meanScores(classes: readonly ClassScores[], weights: Float64Array): Scores {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (score: keyof Scores): number => classes.reduce((sum, scores, index) => sum + scores[score] * weights[index], 0) / total;
  return { precision: mean("precision"), recall: mean("recall"), f1: mean("f1") };
}
