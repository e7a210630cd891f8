import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClassScores, PrecisionRecallF1, type Scores, type ScoresByClass } from "../src/index.ts";

const CLASSES = 4;
const pairs = fc.array(fc.tuple(fc.nat(CLASSES - 1), fc.nat(CLASSES - 1)), { minLength: 1, maxLength: 40 });

function scoresOf(predicted: readonly number[], actual: readonly number[], classes: number): ScoresByClass {
  const metric = new PrecisionRecallF1(classes);
  metric.update(predicted, actual);
  return metric.result();
}

// The definitions, word by word, over the samples themselves.
function byDefinition(samples: readonly (readonly [predicted: number, actual: number])[], label: number): ClassScores {
  const taken = samples.filter(([predicted]) => predicted === label);
  const there = samples.filter(([, actual]) => actual === label);
  const precision = taken.length === 0 ? 0 : taken.filter(([, actual]) => actual === label).length / taken.length;
  const recall = there.length === 0 ? 0 : there.filter(([predicted]) => predicted === label).length / there.length;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1, support: there.length };
}

function expectClose(found: Scores, wanted: Scores): void {
  for (const score of ["precision", "recall", "f1"] as const) expect(found[score]).toBeCloseTo(wanted[score], 12);
}

function mean(all: readonly Scores[]): Scores {
  const of = (score: keyof Scores): number => all.reduce((sum, scores) => sum + scores[score], 0) / all.length;
  return { precision: of("precision"), recall: of("recall"), f1: of("f1") };
}

describe("PrecisionRecallF1", () => {
  it("agrees with the definitions, class by class and in the means", () => {
    fc.assert(
      fc.property(pairs, (samples) => {
        const found = scoresOf(
          samples.map(([predicted]) => predicted),
          samples.map(([, actual]) => actual),
          CLASSES,
        );
        const wanted = Array.from({ length: CLASSES }, (_, label) => byDefinition(samples, label));
        found.classes.forEach((scores, label) => {
          expectClose(scores, wanted[label]);
          expect(scores.support).toBe(wanted[label].support);
        });
        const occurring = wanted.filter((_, label) => samples.some((pair) => pair.includes(label)));
        expectClose(found.macro, mean(occurring));
        // Weighted by support is the mean over the samples of their true class's scores.
        expectClose(found.weighted, mean(samples.map(([, actual]) => wanted[actual])));
      }),
    );
  });

  // from sklearn.metrics import precision_recall_fscore_support as p
  // p([0, 0, 1, 1, 2, 2, 2], [0, 1, 1, 1, 0, 2, 0], average=None), then average="macro" and "weighted"
  it("gives scikit-learn's figures", () => {
    const { classes, macro, weighted } = scoresOf([0, 1, 1, 1, 0, 2, 0], [0, 0, 1, 1, 2, 2, 2], 3);
    expectClose(classes[0], { precision: 1 / 3, recall: 1 / 2, f1: 0.4 });
    expectClose(classes[1], { precision: 2 / 3, recall: 1, f1: 0.8 });
    expectClose(classes[2], { precision: 1, recall: 1 / 3, f1: 0.5 });
    expectClose(macro, { precision: 0.6666666666666666, recall: 0.611111111111111, f1: 0.5666666666666667 });
    expectClose(weighted, { precision: 0.7142857142857143, recall: 0.5714285714285714, f1: 0.5571428571428572 });
  });

  it("has 0 for 0 / 0, and leaves classes that don't occur out of the macro mean", () => {
    const { classes, macro, weighted } = scoresOf([0, 0], [0, 1], 3);
    expect(classes).toEqual([
      { precision: 0.5, recall: 1, f1: 2 / 3, support: 1 },
      { precision: 0, recall: 0, f1: 0, support: 1 },
      { precision: 0, recall: 0, f1: 0, support: 0 },
    ]);
    expect(macro).toEqual({ precision: 0.25, recall: 0.5, f1: 1 / 3 });
    expect(weighted).toEqual(macro);
  });

  it("has no means without samples, and 1 throughout for a single sample of a single class", () => {
    const none = { precision: Number.NaN, recall: Number.NaN, f1: Number.NaN };
    expect(scoresOf([], [], 1)).toEqual({ classes: [{ precision: 0, recall: 0, f1: 0, support: 0 }], macro: none, weighted: none });
    const all = { precision: 1, recall: 1, f1: 1 };
    expect(scoresOf([0], [0], 1)).toEqual({ classes: [{ ...all, support: 1 }], macro: all, weighted: all });
  });

  it.each([-1, 2, 0.5, Number.NaN])("refuses the class %d of two, and counts nothing", (index) => {
    const metric = new PrecisionRecallF1(2);
    expect(() => metric.update([0, index], [0, 0])).toThrow(`PrecisionRecallF1: ${index} is no class; classes are 0 to 1`);
    expect(metric.result().classes.map(({ support }) => support)).toEqual([0, 0]);
  });

  it("refuses no classes, and to merge other classes", () => {
    expect(() => new PrecisionRecallF1(0)).toThrow("classes is 0; it must be a whole number of at least 1");
    expect(() => new PrecisionRecallF1(2).merge(new PrecisionRecallF1(3))).toThrow("3 classes can't be merged into 2");
  });
});
