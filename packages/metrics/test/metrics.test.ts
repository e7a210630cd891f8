import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Accuracy, ConfusionMatrix, Mean, type Metric, RootMeanSquaredError } from "../src/index.ts";

const CLASSES = 4;
const classIndices = fc.array(fc.tuple(fc.nat(CLASSES - 1), fc.nat(CLASSES - 1)), { maxLength: 40 });

const metrics: [name: string, make: () => Metric<unknown>][] = [
  ["Accuracy", () => new Accuracy()],
  ["ConfusionMatrix", () => new ConfusionMatrix(CLASSES)],
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
