import { expect, it } from "vitest";
import { checkCosts } from "../src/benches/publishedCosts.ts";

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
