import { expect, it } from "vitest";
import { mean, median, ratioOfDurations } from "../src/report/ratio.ts";

it("takes the ratio within each round, and then the median", () => {
  // Of the medians, 2 and 2, the ratio would be 1.
  expect(ratioOfDurations("ours/rival", [1, 4, 2], [2, 2, 6])).toEqual({ name: "ours/rival", value: 2, lowest: 0.5, highest: 3 });
});

it("finds the middle by size, not by text, and leaves its input alone", () => {
  const values = [100, 9, 20];
  expect(median(values)).toBe(20);
  expect(values).toEqual([100, 9, 20]);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
});

it("takes the mean", () => {
  expect(mean([1, 2, 6])).toBe(3);
});
