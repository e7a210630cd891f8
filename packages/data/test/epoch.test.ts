import { permutation, randomStream } from "@downhill/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyScale, batches, fitScale, split, type ClassTargets, type Samples, type Scale } from "../src/index.ts";

/** Rows that can be told apart: row r holds r and -r, and its value is 10·r. */
function valueSamples(count: number): Samples {
  const rows = Array.from({ length: count }, (_, row) => row);
  const targets = { kind: "values" as const, values: Float32Array.from(rows, (row) => 10 * row), outputs: 1 };
  return { count, inputs: 2, features: Float32Array.from(rows.flatMap((row) => [row, -row])), targets };
}

function classSamples(indices: readonly number[], classes: readonly string[] = ["a", "b", "c", "d"]): Samples & { targets: ClassTargets } {
  return { ...valueSamples(indices.length), targets: { kind: "classes", indices: Int32Array.from(indices), classes } };
}

const rowsOf = (samples: Samples): number[] => Array.from({ length: samples.count }, (_, row) => samples.features[2 * row]);
const fraction = fc.double({ min: 0.001, max: 0.999, noNaN: true });

describe("split", () => {
  it("puts every row on exactly one side, in order, with its target", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fraction, fc.nat(), (count, share, seed) => {
        const samples = valueSamples(count);
        const [rest, part] = split(samples, share, randomStream(seed, "split"));
        expect([...rowsOf(rest), ...rowsOf(part)].toSorted((a, b) => a - b)).toEqual(rowsOf(samples));
        for (const side of [rest, part]) {
          expect(side.count).toBeGreaterThan(0);
          expect(rowsOf(side)).toEqual(rowsOf(side).toSorted((a, b) => a - b));
          expect(side.features.length).toBe(2 * side.count);
          expect(side.targets).toEqual({ kind: "values", values: Float32Array.from(rowsOf(side), (row) => 10 * row), outputs: 1 });
        }
        expect(part.count).toBe(Math.min(count - 1, Math.max(1, Math.floor(count * share + 0.5))));
      }),
    );
  });

  it("takes from each class its share, to less than a row", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 2, maxLength: 80 }), fraction, fc.nat(), (indices, share, seed) => {
        const samples = classSamples(indices);
        const [rest, part] = split(samples, share, randomStream(seed, "split"));
        expect(rest.count + part.count).toBe(indices.length);
        expect(part.count).toBe(Math.min(indices.length - 1, Math.max(1, Math.floor(indices.length * share + 0.5))));
        const counts = (side: Samples, index: number): number =>
          (side.targets as ClassTargets).indices.filter((each) => each === index).length;
        for (let index = 0; index < 4; index += 1) {
          const exact = share * counts(samples, index);
          // With one row alone on a side, the side's least size overrules the shares.
          const alone = part.count === 1 || rest.count === 1;
          expect(Math.abs(counts(part, index) - exact)).toBeLessThan(alone ? 2 : 1);
        }
        for (const side of [rest, part])
          expect(Array.from((side.targets as ClassTargets).indices)).toEqual(rowsOf(side).map((row) => indices[row]));
      }),
    );
  });

  it("gives what is missing to the class with the largest remainder", () => {
    const part = (indices: number[], share: number) =>
      split(classSamples(indices), share, randomStream(0, "split"))[1].targets as ClassTargets;
    // 0.3 of 1 and 9 rows is 0.3 and 2.7: of three rows, none and three.
    expect(Array.from(part([0, 1, 1, 1, 1, 1, 1, 1, 1, 1], 0.3).indices)).toEqual([1, 1, 1]);
    // Half of 3 and 3 rows is 1.5 and 1.5: the first of equals has the third row.
    expect(Array.from(part([1, 0, 1, 0, 1, 0], 0.5).indices.toSorted())).toEqual([0, 0, 1]);
  });

  it("is fixed by its seed, and differs for another", () => {
    const samples = classSamples(Array.from({ length: 150 }, (_, row) => row % 3));
    const part = (seed: number): string => rowsOf(split(samples, 0.3, randomStream(seed, "split"))[1]).join();
    expect(part(1)).toBe(part(1));
    expect(new Set([1, 2, 3, 4].map(part)).size).toBe(4);
  });

  it("reaches every row", () => {
    const samples = valueSamples(10);
    const taken = new Set(Array.from({ length: 100 }, (_, seed) => rowsOf(split(samples, 0.1, randomStream(seed, "split"))[1])[0]));
    expect(taken.size).toBe(10);
  });

  it("leaves the samples as they were, and keeps what is of the whole set", () => {
    const samples: Samples = {
      ...classSamples([0, 0, 1, 1]),
      featureNames: ["x", "y"],
      image: { width: 2, height: 1 },
      label: { index: 2 },
    };
    const [rest, part] = split(samples, 0.5, randomStream(0, "split"));
    expect(samples).toEqual({
      ...classSamples([0, 0, 1, 1]),
      featureNames: ["x", "y"],
      image: { width: 2, height: 1 },
      label: { index: 2 },
    });
    for (const side of [rest, part])
      expect(side).toMatchObject({ featureNames: ["x", "y"], image: { width: 2, height: 1 }, label: { index: 2 } });
    expect((part.targets as ClassTargets).classes).toEqual(["a", "b", "c", "d"]);
  });

  it.each([
    [0, 5, "split: the fraction is 0; it must lie between 0 and 1"],
    [1, 5, "split: the fraction is 1; it must lie between 0 and 1"],
    [Number.NaN, 5, "split: the fraction is NaN; it must lie between 0 and 1"],
    [0.5, 1, "split: the number of rows is 1; two parts need at least 2"],
    [0.5, 0, "split: the number of rows is 0; two parts need at least 2"],
  ])("refuses a fraction of %d of %d rows", (share, count, message) => {
    expect(() => split(valueSamples(count), share, randomStream(0, "split"))).toThrow(message);
  });
});

describe("scale", () => {
  const features = (inputs: number, ...numbers: number[]): Samples => ({
    ...valueSamples(0),
    count: numbers.length / inputs,
    inputs,
    features: Float32Array.from(numbers),
  });
  const scaled = (scale: Scale, { features: numbers, inputs }: Samples): number[] => {
    const copy = numbers.slice();
    applyScale(JSON.parse(JSON.stringify(scale)) as Scale, copy, inputs);
    return Array.from(copy);
  };

  it("divides", () => {
    const samples = features(1, 0, 51, 255);
    expect(fitScale(samples, 255)).toEqual({ type: "divide", by: 255 });
    expect(scaled(fitScale(samples, 255), samples)).toEqual([0, Math.fround(0.2), 1]);
  });

  it("standardises: 1, 2, 3, 4 has mean 2.5 and deviation √1.25", () => {
    const samples = features(2, 1, 7, 2, 7, 3, 7, 4, 7);
    expect(fitScale(samples, "standard")).toEqual({ type: "standard", mean: [2.5, 7], deviation: [Math.sqrt(1.25), 1] });
    const z = (x: number): number => Math.fround((x - 2.5) / Math.sqrt(1.25));
    expect(scaled(fitScale(samples, "standard"), samples)).toEqual([z(1), 0, z(2), 0, z(3), 0, z(4), 0]);
  });

  it("brings to 0..1", () => {
    const samples = features(2, -1, 0.1, 3, 0.1, 1, 0.1);
    const tenth = Math.fround(0.1);
    expect(fitScale(samples, "minmax")).toEqual({ type: "minmax", minimum: [-1, tenth], maximum: [3, tenth] });
    expect(scaled(fitScale(samples, "minmax"), samples)).toEqual([0, 0, 1, 0, 0.5, 0]);
  });

  it("makes a constant column exactly 0, whatever its value and length", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 1, max: 1000 }), (value, count) => {
        const samples = features(1, ...Array.from({ length: count }, () => value));
        for (const kind of ["standard", "minmax"] as const)
          expect(scaled(fitScale(samples, kind), samples).every((number) => number === 0)).toBe(true);
      }),
    );
  });

  it("gives every column mean 0 and deviation 1, or the range 0 to 1", () => {
    const number = fc.float({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 2, maxLength: 40 }), (rows) => {
        const samples = features(2, ...rows.flat());
        for (const column of [0, 1]) {
          const original = rows.map((row) => row[column]);
          if (Math.max(...original) - Math.min(...original) < 0.01) continue;
          const standard = scaled(fitScale(samples, "standard"), samples).filter((_, at) => at % 2 === column);
          const mean = standard.reduce((sum, x) => sum + x, 0) / rows.length;
          expect(Math.abs(mean)).toBeLessThan(1e-6);
          expect(standard.reduce((sum, x) => sum + (x - mean) ** 2, 0) / rows.length).toBeCloseTo(1, 5);
          const minmax = scaled(fitScale(samples, "minmax"), samples).filter((_, at) => at % 2 === column);
          expect([Math.min(...minmax), Math.max(...minmax)]).toEqual([0, 1]);
        }
      }),
    );
  });

  it("refuses what can't be scaled", () => {
    const standard = fitScale(features(2, 1, 2, 3, 4), "standard");
    expect(() => fitScale(features(1, 1), 0)).toThrow("fitScale: cannot divide by 0; give a finite number other than 0");
    expect(() => fitScale(features(1, 1), Number.NaN)).toThrow("fitScale: cannot divide by NaN; give a finite number other than 0");
    expect(() => fitScale(features(1), "minmax")).toThrow("fitScale: there are no rows to fit to; give at least one");
    expect(() => fitScale(features(2, 1, 2, 3, Number.NaN), "standard")).toThrow(
      "fitScale: column 1 is NaN in row 1; scaling needs finite numbers",
    );
    expect(() => fitScale({ ...features(1, 1, Number.POSITIVE_INFINITY), featureNames: ["age"] }, "minmax")).toThrow(
      'fitScale: column 0 ("age") is Infinity in row 1; scaling needs finite numbers',
    );
    expect(() => applyScale(standard, new Float32Array(3), 3)).toThrow(
      "applyScale: the scale was fitted to 2 columns, but the rows have 3; they must be the same",
    );
  });
});

describe("batches", () => {
  const size = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant("full" as const));

  it("hold every row once, in the order asked for, with its target", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), size, fc.option(fc.nat(), { nil: undefined }), (count, batchSize, seed) => {
        const samples = valueSamples(count);
        const order = seed === undefined ? undefined : permutation(count, randomStream(seed, "shuffle"));
        const rows: number[] = [];
        const sizes: number[] = [];
        for (const batch of batches(samples, { batchSize, ...(order && { order }) })) {
          sizes.push(batch.size);
          expect([batch.features.length, batch.targets.length]).toEqual([2 * batch.size, batch.size]);
          for (let row = 0; row < batch.size; row += 1) {
            rows.push(batch.features[2 * row]);
            expect([batch.features[2 * row + 1], batch.targets[row]]).toEqual([-batch.features[2 * row], 10 * batch.features[2 * row]]);
          }
        }
        expect(rows).toEqual(order ? Array.from(order) : rowsOf(samples));
        const most = batchSize === "full" ? Math.max(count, 1) : batchSize;
        expect(sizes).toEqual(Array.from({ length: Math.ceil(count / most) }, (_, index) => Math.min(most, count - index * most)));
      }),
    );
  });

  it("carry class indices, and several values a row", () => {
    const classes = classSamples([3, 1, 2]);
    expect(Array.from(batches(classes, { batchSize: 2, order: Uint32Array.of(2, 0, 1) }), ({ targets }) => targets.slice())).toEqual([
      Int32Array.of(2, 3),
      Int32Array.of(1),
    ]);
    const wide: Samples = { ...valueSamples(2), targets: { kind: "values", values: Float32Array.of(1, 2, 3, 4), outputs: 2 } };
    expect(Array.from(batches(wide, { batchSize: 1, order: Uint32Array.of(1, 0) }), ({ targets }) => targets.slice())).toEqual([
      Float32Array.of(3, 4),
      Float32Array.of(1, 2),
    ]);
  });

  it("are the samples' own arrays for a full batch in their order", () => {
    const samples = classSamples([0, 1, 2]);
    const [batch, ...more] = batches(samples, { batchSize: "full" });
    expect(batch.features).toBe(samples.features);
    expect(batch.targets).toBe(samples.targets.indices);
    expect(more).toEqual([]);
  });

  it("share one buffer when there is an order", () => {
    const buffers = Array.from(
      batches(valueSamples(7), { batchSize: 3, order: Uint32Array.of(6, 5, 4, 3, 2, 1, 0) }),
      ({ features }) => features.buffer,
    );
    expect([buffers.length, new Set(buffers).size]).toEqual([3, 1]);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuse the size %d", (batchSize) => {
    expect(() => [...batches(valueSamples(3), { batchSize })]).toThrow(
      `batches: the batch size is ${batchSize}; it must be a whole number from 1, or "full"`,
    );
  });

  it("refuse a row that there is not", () => {
    expect(() => [...batches(valueSamples(3), { batchSize: 2, order: Uint32Array.of(0, 3) })]).toThrow(
      "batches: the order holds row 3, but there are 3 rows; it must be below that",
    );
  });
});
