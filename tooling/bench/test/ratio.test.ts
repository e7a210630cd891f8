import { expect, it } from "vitest";
import { atTheirBest, type Measured, rivalRatios } from "../src/report/Measured.ts";
import { mean, median, ratioOfDurations, ratioOfRates } from "../src/report/ratio.ts";

it("takes the ratio within each round, and then the median", () => {
  // Of the medians, 2 and 2, the ratio would be 1.
  expect(ratioOfDurations("ours/rival", [1, 4, 2], [2, 2, 6])).toEqual({ name: "ours/rival", value: 2, lowest: 0.5, highest: 3 });
});

it("takes ours over the rival's where more is better", () => {
  expect(ratioOfRates("ours/rival", [10, 40, 20], [20, 20, 20])).toEqual({ name: "ours/rival", value: 1, lowest: 0.5, highest: 2 });
});

it("sets each of ours over each rival, and a rival over none", () => {
  const measured = (who: string, figure: number): Measured => ({ who, version: "", figures: [figure] });
  const all = [measured("narrow", 2), measured("numpy", 4), measured("wide", 1), measured("jax-js", 8)];
  expect(rivalRatios(all, ratioOfDurations, "@small").map(({ name, value }) => [name, value])).toEqual([
    ["narrow/numpy@small", 2],
    ["narrow/jax-js@small", 4],
    ["wide/numpy@small", 4],
    ["wide/jax-js@small", 8],
  ]);
  expect(rivalRatios([measured("narrow", 1)], ratioOfRates)).toEqual([]);
});

it("keeps the best of each name, by its median", () => {
  const measured = (who: string, version: string, ...figures: number[]): Measured => ({ who, version, figures });
  const all = [measured("narrow", "", 9), measured("numpy", "1 thread", 1, 5, 6), measured("numpy", "2 threads", 8, 4, 3)];
  expect(atTheirBest(all, "least")).toEqual([all[0], all[2]]);
  expect(atTheirBest(all, "most")).toEqual([all[0], all[1]]);
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
