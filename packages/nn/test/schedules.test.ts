// Schedules against their formulas, with Math's cos and pow.
import { expect, it } from "vitest";
import { constant, cosine, exponential, NnError, plateau, type Schedule, scheduleFromConfig, step, warmUp } from "../src/index.ts";

const EPOCHS = Array.from({ length: 120 }, (_, index) => index + 1);

it.each<[string, Schedule, (epoch: number) => number]>([
  ["constant", constant(), () => 1],
  ["step", step({ every: 30 }), (epoch) => 0.1 ** Math.floor((epoch - 1) / 30)],
  ["exponential", exponential({ factor: 0.95 }), (epoch) => 0.95 ** (epoch - 1)],
  ["cosine", cosine({ epochs: 100 }), (epoch) => (epoch > 100 ? 0 : 0.5 * (1 + Math.cos((Math.PI * (epoch - 1)) / 100)))],
  [
    "cosine to a tenth",
    cosine({ epochs: 7, final: 0.1 }),
    (epoch) => (epoch > 7 ? 0.1 : 0.1 + 0.45 * (1 + Math.cos((Math.PI * (epoch - 1)) / 7))),
  ],
  ["warm-up", warmUp({ epochs: 4, after: step({ every: 2, factor: 0.5 }) }), (e) => (e <= 4 ? e / 5 : 0.5 ** Math.floor((e - 5) / 2))],
])("%s", (_name, schedule, expected) => {
  for (const epoch of EPOCHS) {
    expect(Math.abs(schedule.factor(epoch) - expected(epoch))).toBeLessThan(1e-14);
    schedule.observe(epoch, 1);
  }
  expect(schedule.state).toBeNull();
});

it("plateau reduces after `patience` epochs without a lower cost, and starts to wait anew", () => {
  const schedule = plateau({ factor: 0.5, patience: 2, minimum: 0.2 });
  // 0.99995 is not lower than 1 by a share of 1e-4.
  const costs = [1, 0.99995, 2, 0.5, 0.6, 0.7, 0.4, 0.4, 0.4, 0.4, 0.4];
  const factors = costs.map((cost, index) => {
    schedule.observe(index + 1, cost);
    return schedule.factor(index + 2);
  });
  expect(factors).toEqual([1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.2, 0.2, 0.2]);
});

it("plateau goes on from its state, as JSON, through a warm-up too", () => {
  const make = (): Schedule => warmUp({ epochs: 1, after: plateau({ factor: 0.5, patience: 3 }) });
  const [here, there] = [make(), make()];
  const cost = (epoch: number): number => 1 / Math.min(epoch, 4);
  for (let epoch = 1; epoch <= 6; epoch += 1) here.observe(epoch, cost(epoch));
  there.state = JSON.parse(JSON.stringify(here.state)) as Schedule["state"];
  for (let epoch = 7; epoch <= 20; epoch += 1) {
    here.observe(epoch, cost(epoch));
    there.observe(epoch, cost(epoch));
    expect(there.factor(epoch + 1)).toBe(here.factor(epoch + 1));
  }
  expect(here.factor(21)).toBeLessThan(0.1);
  expect(() => (make().state = null)).toThrow(NnError);
});

it("plateau takes costs that are no numbers for no better ones, and stays JSON", () => {
  const schedule = plateau({ factor: 0.5, patience: 2 });
  [Number.NaN, Infinity, 1, Number.NaN].forEach((cost, index) => schedule.observe(index + 1, cost));
  expect(schedule.state).toEqual({ best: 1, waited: 1, factor: 0.5 });
});

it("a config's cosine takes what the warm-up leaves of the epochs", () => {
  const schedule = scheduleFromConfig({ type: "cosine", warmUp: 5 }, 25);
  expect([1, 5, 6, 16].map((epoch) => schedule.factor(epoch))).toEqual([1 / 6, 5 / 6, 1, 0.5]);
  expect(scheduleFromConfig({ type: "cosine", epochs: 4 }, 100).factor(5)).toBe(0);
  expect(scheduleFromConfig({ type: "plateau" }, 10).state).toEqual({ best: null, waited: 0, factor: 1 });
  for (const config of [{ type: "constant" }, { type: "exponential", factor: 0.5 }, { type: "step", every: 3 }] as const) {
    expect(scheduleFromConfig(config, 10).factor(1)).toBe(1);
  }
});

it.each<[string, () => Schedule]>([
  ["step: every is 0; it must be a whole number of at least 1", () => step({ every: 0 })],
  ["exponential: factor is 2; it must be from 0 to 1", () => exponential({ factor: 2 })],
  ["cosine: epochs is 1.5", () => cosine({ epochs: 1.5 })],
  ["cosine: final is -1", () => cosine({ epochs: 1, final: -1 })],
  ["plateau: patience is 0", () => plateau({ patience: 0 })],
  ["warmUp: epochs is 0", () => warmUp({ epochs: 0, after: constant() })],
])("refused: %s", (message, make) => {
  expect(make).toThrow(message);
  expect(make).toThrow(NnError);
});
