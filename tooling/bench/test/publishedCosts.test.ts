import { expect, it } from "vitest";
import { checkCosts, checkFirstCosts } from "../src/benches/publishedCosts.ts";

// Costs of a NumPy f64 run of the reference experiment at the iterations that are compared.
const RUN = new Map([
  [100, 0.10791],
  [150, 0.05403],
  [200, 0.03224],
]);
const costs = (epochs: number) => Array.from({ length: epochs }, (_, iteration) => RUN.get(iteration) ?? 1);
const changed = (iteration: number, cost: number) => costs(201).with(iteration, cost);

it("takes a run that trains, as far as it has come", () => {
  expect(() => checkCosts("numpy", costs(101))).not.toThrow();
  expect(() => checkCosts("numpy", costs(201))).not.toThrow();
});

it.each([
  ["too few epochs", costs(100), "ran 100 epochs"],
  ["a cost that is too high", changed(100, 0.114), "its cost at iteration 100 is 0.114"],
  ["a cost that is too low", changed(200, 0.031), "its cost at iteration 200 is 0.031"],
  ["a cost that is no number", changed(150, NaN), "its cost at iteration 150 is NaN"],
])("refuses %s", (_what, list, message) => {
  expect(() => checkCosts("a program", list)).toThrow(message);
});

// The first costs of TensorFlow.js's fit().
const FIRST = [2.3004, 2.1858, 2.0723, 1.9401, 1.7856, 1.6159, 1.4446];

it("takes the first costs of a slow program", () => {
  expect(() => checkFirstCosts("tfjs", FIRST)).not.toThrow();
});

it.each([
  ["too few epochs", FIRST.slice(0, 6), "ran 6 epochs"],
  ["a start that is none of small weights", FIRST.with(0, 2.5), "its cost is 2.5 at first"],
  ["costs that don't fall", FIRST.with(6, 2.2), "2.2 at iteration 6"],
  ["a cost that is no number", FIRST.with(6, NaN), "NaN at iteration 6"],
])("refuses %s of a slow program", (_what, list, message) => {
  expect(() => checkFirstCosts("a program", list)).toThrow(message);
});
