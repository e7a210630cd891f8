import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TopKAccuracy } from "../src/index.ts";

const CLASSES = 5;
// Few different scores, so that most rows have equal ones.
const score = fc.constantFrom(-0, 0, 0.25, 1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN);
const sample = fc.record({
  scores: fc.array(score, { minLength: CLASSES, maxLength: CLASSES }),
  actual: fc.nat(CLASSES - 1),
});
const samples = fc.array(sample, { maxLength: 20 });
type Sample = typeof sample extends fc.Arbitrary<infer Value> ? Value : never;

function updated(metric: TopKAccuracy, batch: readonly Sample[]): TopKAccuracy {
  metric.update(
    batch.flatMap(({ scores }) => scores),
    batch.map(({ actual }) => actual),
  );
  return metric;
}

// The classes sorted from the greatest score on: a stable sort keeps equal ones in the order of their indices.
function isHit({ scores, actual }: Sample, k: number): boolean {
  const classes = scores.map((_, index) => index);
  const numbers = classes.filter((index) => !Number.isNaN(scores[index]));
  const sorted = numbers.toSorted((a, b) => (scores[a] === scores[b] ? 0 : scores[a] > scores[b] ? -1 : 1));
  return [...sorted, ...classes.filter((index) => Number.isNaN(scores[index]))].slice(0, k).includes(actual);
}

describe("TopKAccuracy", () => {
  it("agrees with sorting, whatever the scores, in one batch or in two that are merged", () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: CLASSES }), fc.nat(20), (all, k, cut) => {
        const wanted = all.length === 0 ? Number.NaN : all.filter((one) => isHit(one, k)).length / all.length;
        expect(updated(new TopKAccuracy(k, CLASSES), all).result()).toBe(wanted);
        const merged = updated(new TopKAccuracy(k, CLASSES), all.slice(0, cut));
        merged.merge(updated(new TopKAccuracy(k, CLASSES), all.slice(cut)));
        expect(merged.result()).toBe(wanted);
      }),
    );
  });

  it("with k 1 is whether argmax, the first of equals, is right; with k of all classes it is 1", () => {
    const first = new TopKAccuracy(1, 3);
    first.update([0.4, 0.4, 0.2, 0.4, 0.4, 0.2], [0, 1]);
    expect(first.result()).toBe(0.5);
    const all = new TopKAccuracy(3, 3);
    all.update([Number.NaN, 1, 0], [0]);
    expect(all.result()).toBe(1);
  });

  it("is NaN without samples, and anew after reset", () => {
    const metric = new TopKAccuracy(1, 1);
    expect(metric.result()).toBeNaN();
    metric.update([7], [0]);
    expect(metric.result()).toBe(1);
    metric.reset();
    metric.update([], []);
    expect(metric.result()).toBeNaN();
  });

  it.each([0, 4, 1.5, Number.NaN])("refuses k %d of three classes", (k) => {
    expect(() => new TopKAccuracy(k, 3)).toThrow(`k is ${k} of 3 classes; it must be a whole number from 1 to 3`);
  });

  it("refuses scores that are not a row for each sample, classes that are none, and other metrics", () => {
    const metric = new TopKAccuracy(1, 3);
    expect(() => metric.update([1, 2], [0])).toThrow("2 scores for 1 true classes; give 3 for each");
    expect(() => metric.update([1, 2, 3, 1, 2, 3], [0, 3])).toThrow("3 is no class; classes are 0 to 2");
    expect(metric.result()).toBeNaN();
    expect(() => metric.merge(new TopKAccuracy(2, 3))).toThrow("2 of 3 classes can't be merged into 1 of 3");
  });
});
