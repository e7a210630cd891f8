import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Accuracy,
  ConfusionMatrix,
  Mean,
  MeanAbsoluteError,
  type Metric,
  PrecisionRecallF1,
  R2,
  RootMeanSquaredError,
} from "../src/index.ts";

const CLASSES = 4;
const classIndices = fc.array(fc.tuple(fc.nat(CLASSES - 1), fc.nat(CLASSES - 1)), { maxLength: 40 });

const metrics: [name: string, make: () => Metric<unknown>][] = [
  ["Accuracy", () => new Accuracy()],
  ["ConfusionMatrix", () => new ConfusionMatrix(CLASSES)],
  ["MeanAbsoluteError", () => new MeanAbsoluteError()],
  ["PrecisionRecallF1", () => new PrecisionRecallF1(CLASSES)],
  ["R2", () => new R2()],
  ["RootMeanSquaredError", () => new RootMeanSquaredError()],
];

function updated(metric: Metric<unknown>, pairs: readonly (readonly [number, number])[]): Metric<unknown> {
  metric.update(
    pairs.map(([predicted]) => predicted),
    pairs.map(([, actual]) => actual),
  );
  return metric;
}

describe.each(metrics)("%s", (_name, make) => {
  it("is the same for any split into batches, merged or not", () => {
    fc.assert(
      fc.property(classIndices, fc.nat(40), (pairs, cut) => {
        const whole = updated(make(), pairs).result();
        const batches = updated(updated(make(), pairs.slice(0, cut)), pairs.slice(cut));
        expect(batches.result()).toEqual(whole);
        const merged = updated(make(), pairs.slice(0, cut));
        merged.merge(updated(make(), pairs.slice(cut)));
        expect(merged.result()).toEqual(whole);
      }),
    );
  });

  it("starts anew after reset", () => {
    const metric = updated(make(), [[1, 2]]);
    metric.reset();
    expect(metric.result()).toEqual(make().result());
  });

  it("refuses unequal lengths", () => {
    expect(() => make().update([1, 2], [1])).toThrow("2 predictions for 1 true values; give one for each");
  });
});

it("Accuracy is the share of hits", () => {
  const accuracy = new Accuracy();
  expect(accuracy.result()).toBeNaN();
  accuracy.update([0, 1, 2, 3], [0, 1, 2, 0]);
  expect(accuracy.result()).toBe(0.75);
});

describe("ConfusionMatrix", () => {
  it("counts by actual row and predicted column", () => {
    const matrix = new ConfusionMatrix(2);
    matrix.update([0, 1, 1, 1], [0, 0, 1, 0]);
    expect(matrix.result()).toEqual([
      [1, 2],
      [0, 1],
    ]);
  });

  it.each([-1, 2, 0.5, Number.NaN])("refuses the class %d of two, and counts nothing", (index) => {
    const matrix = new ConfusionMatrix(2);
    expect(() => matrix.update([0, 0], [0, index])).toThrow(`ConfusionMatrix: ${index} is no class; classes are 0 to 1`);
    expect(matrix.result().flat()).toEqual([0, 0, 0, 0]);
  });

  it("refuses to merge other classes", () => {
    expect(() => new ConfusionMatrix(2).merge(new ConfusionMatrix(3))).toThrow("3 classes can't be merged into 2");
  });

  it.each([0, 1.5])("refuses %d classes", (classes) => {
    expect(() => new ConfusionMatrix(classes)).toThrow(RangeError);
  });
});

it("RootMeanSquaredError is in the values' unit", () => {
  const error = new RootMeanSquaredError();
  error.update([1, 2, 7], [1, 5, 3]);
  expect(error.result()).toBeCloseTo(Math.sqrt(25 / 3), 12);
});

it("MeanAbsoluteError is in the values' unit", () => {
  const error = new MeanAbsoluteError();
  expect(error.result()).toBeNaN();
  error.update([1, 2, 7], [1, 5, 3]);
  expect(error.result()).toBeCloseTo(7 / 3, 12);
});

describe("R2", () => {
  const of = (predicted: number[], actual: number[]): number => {
    const metric = new R2();
    metric.update(predicted, actual);
    return metric.result();
  };

  it("is 1 for perfect predictions, 0 for the mean, and less for worse", () => {
    expect(of([1, 2, 6], [1, 2, 6])).toBe(1);
    expect(of([3, 3, 3], [1, 2, 6])).toBe(0);
    expect(of([2.5, 0, 2, 8], [3, -0.5, 2, 7])).toBeCloseTo(1 - 1.5 / 29.1875, 12);
    expect(of([6, 2, 1], [1, 2, 6])).toBeLessThan(0);
  });

  it("is NaN where there is no variance to explain", () => {
    expect(of([], [])).toBeNaN();
    expect(of([1, 2], [4, 4])).toBeNaN();
  });

  it("agrees with its definition, far from 0 too", () => {
    const value = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 2 }), fc.constantFrom(0, 1e6), fc.nat(20), (pairs, offset, cut) => {
        const actual = pairs.map(([, number]) => number + offset);
        const predicted = pairs.map(([number]) => number + offset);
        const mean = actual.reduce((sum, number) => sum + number, 0) / actual.length;
        const spread = actual.reduce((sum, number) => sum + (number - mean) ** 2, 0);
        fc.pre(spread > 1);
        const wanted = 1 - actual.reduce((sum, number, index) => sum + (number - predicted[index]) ** 2, 0) / spread;
        const merged = new R2();
        merged.update(predicted.slice(0, cut), actual.slice(0, cut));
        const rest = new R2();
        rest.update(predicted.slice(cut), actual.slice(cut));
        merged.merge(rest);
        for (const found of [of(predicted, actual), merged.result()])
          expect(Math.abs(found - wanted)).toBeLessThan(1e-8 * (1 - wanted + 1));
      }),
    );
  });
});

describe("Mean", () => {
  it("weights its numbers", () => {
    const mean = new Mean();
    mean.update(1, 3);
    mean.update(5);
    expect(mean.result()).toBe(2);
    const other = new Mean();
    other.update(8, 4);
    mean.merge(other);
    expect(mean.result()).toBe(5);
  });

  it("refuses a negative weight", () => {
    expect(() => new Mean().update(1, -1)).toThrow("the weight is -1; it must be at least 0");
  });
});
