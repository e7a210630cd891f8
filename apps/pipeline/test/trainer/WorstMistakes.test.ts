import fc from "fast-check";
import { expect, test } from "vitest";
import type { ClassifiedBatch } from "../../src/trainer/inspectSet.ts";
import { WorstMistakes } from "../../src/trainer/WorstMistakes.ts";

interface Sample {
  readonly actual: number;
  readonly probabilities: readonly [number, number];
}

// Few different probabilities, so that many are equal; all of them are exact in f32.
const sample = fc.record({
  actual: fc.integer({ min: 0, max: 1 }),
  probabilities: fc.integer({ min: 0, max: 8 }).map((eighths): Sample["probabilities"] => [eighths / 8, 1 - eighths / 8]),
});

const predictedOf = ({ probabilities: [first, second] }: Sample): number => (second > first ? 1 : 0);

function batch(samples: readonly Sample[], start: number): ClassifiedBatch {
  return {
    start,
    size: samples.length,
    actual: samples.map(({ actual }) => actual),
    predicted: Int32Array.from(samples, predictedOf),
    probabilities: Float32Array.from(samples.flatMap(({ probabilities }) => probabilities)),
  };
}

test("the 16 surest mistakes of all batches, the surest first, equals in their order", () => {
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 80 }), fc.integer({ min: 1, max: 80 }), (samples, size) => {
      const mistakes = new WorstMistakes();
      for (let start = 0; start < samples.length; start += size) mistakes.look(batch(samples.slice(start, start + size), start));
      const sureness = (one: Sample): number => one.probabilities[predictedOf(one)];
      const expected = samples
        .map((one, index) => ({ one, index }))
        .filter(({ one }) => predictedOf(one) !== one.actual)
        .toSorted((a, b) => sureness(b.one) - sureness(a.one))
        .slice(0, 16)
        .map(({ one, index }) => ({ index, predicted: predictedOf(one), probabilities: [...one.probabilities] }));
      expect(mistakes.found).toEqual(expected);
    }),
  );
});
