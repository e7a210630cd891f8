import { randomStream } from "@downhill/random";
import { expect, test } from "vitest";
import { pickRows } from "../../src/trainer/pictures.ts";

const picks = (count: number, seed: number): number[] => pickRows(count, randomStream(seed, "picks"));

test.each([1, 2, 24, 25, 26, 350])("of %i rows it picks 25 different ones, or all", (count) => {
  for (let seed = 0; seed < 50; seed += 1) {
    const rows = picks(count, seed);
    expect(rows).toHaveLength(Math.min(25, count));
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows.every((row) => Number.isInteger(row) && row >= 0 && row < count)).toBe(true);
  }
});

test("every row can be the one to show large, the last one too, and about equally often", () => {
  const first = new Map<number, number>();
  for (let seed = 0; seed < 3500; seed += 1) {
    const [row] = picks(350, seed);
    first.set(row, (first.get(row) ?? 0) + 1);
  }
  expect(first.size).toBe(350);
  expect(first.get(349)).toBeGreaterThan(0);
  // Ten are expected of each; thirty of one would happen once in ten million times.
  expect(Math.max(...first.values())).toBeLessThan(30);
});

test("the same seed picks the same rows, another one others", () => {
  expect(picks(1000, 7)).toEqual(picks(1000, 7));
  expect(picks(1000, 7)).not.toEqual(picks(1000, 8));
});
