// Losses with options, one output for two classes, and schedules, from a config to the events and back from the model's file.
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { readRecords } from "../csv.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";

const TWO = ["x,kind", ...Array.from({ length: 40 }, (_, row) => `${row / 10},${row < 22 ? "no" : "yes"}`), ""].join("\n");

test.concurrent("two classes by one output: trained, evaluated and predicted with both probabilities", async () => {
  const folder = await smallProject(
    {
      data: { train: { file: "two.csv", label: "kind" }, scale: "standard" },
      model: { layers: [{ type: "dense", units: 1 }], loss: { type: "binaryCrossEntropy" } },
      optimizer: { type: "sgd", learningRate: 2, momentum: 0.9, clipNorm: 5 },
      epochs: 100,
    },
    { "two.csv": TWO },
  );
  const run = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  expect([run.exitCode, run.stderr]).toEqual([0, ""]);
  expect((JSON.parse(run.stdout) as { train: { accuracy: number } }).train.accuracy).toBeGreaterThan(0.95);
  const evaluated = await pipeline(["evaluate", "run", "--data", "two.csv", "--json"], { cwd: folder });
  const { confusionMatrix } = JSON.parse(evaluated.stdout) as { confusionMatrix: number[][] };
  expect(confusionMatrix.flat().reduce((sum, count) => sum + count, 0)).toBe(40);
  expect(confusionMatrix).toHaveLength(2);
  const predicted = await pipeline(["predict", "run", "two.csv"], { cwd: folder });
  const [first] = readRecords(predicted.stdout);
  expect(first["class"]).toBe("no");
  expect(Number(first["probability_no"])).toBeGreaterThan(0.9);
  expect(Number(first["probability_no"]) + Number(first["probability_yes"])).toBeCloseTo(1, 6);
});

test.concurrent("shares from 0 to 1 by binaryCrossEntropy, in their own unit from end to end; others are refused", async () => {
  const share = (x: number): number => 1 / (1 + Math.exp(4 - 2 * x));
  const table = ["x,share", ...Array.from({ length: 40 }, (_, row) => `${row / 10},${share(row / 10).toFixed(3)}`), ""].join("\n");
  const folder = await smallProject(
    {
      data: { train: { file: "shares.csv", label: "share" } },
      model: { layers: [{ type: "dense", units: 1 }], loss: { type: "binaryCrossEntropy", targets: "values" } },
      optimizer: { type: "adam", learningRate: 0.1 },
      epochs: 300,
    },
    { "shares.csv": table, "odd.csv": table.replace("0.018", "1.018") },
  );
  const run = await pipeline(["run", "config.json", "--out", "run"], { cwd: folder });
  expect([run.exitCode, run.stderr]).toEqual([0, expect.any(String)]);
  const evaluated = await pipeline(["evaluate", "run", "--data", "shares.csv", "--json"], { cwd: folder });
  expect((JSON.parse(evaluated.stdout) as { meanAbsoluteError: number }).meanAbsoluteError).toBeLessThan(0.02);
  const predicted = await pipeline(["predict", "run", "shares.csv"], { cwd: folder });
  const [first] = readRecords(predicted.stdout);
  expect(Number(Object.values(first)[0])).toBeCloseTo(share(0), 1);
  const refused = await pipeline(["run", "config.json", "--out", "odd", "--set", "data.train.file=odd.csv"], { cwd: folder });
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain("binaryCrossEntropy: a target is 1.018");
});

test.concurrent("the learning rate of each epoch follows the schedule", async () => {
  const folder = await smallProject({
    model: {
      layers: [
        { type: "dense", units: 8, activation: "gelu", init: { type: "glorot" } },
        { type: "dense", units: 3, activation: "softmax" },
      ],
      loss: { type: "softmaxCrossEntropy", labelSmoothing: 0.1, classWeights: [1, 2, 1] },
    },
    optimizer: { type: "adamW", learningRate: 0.05, schedule: { type: "step", every: 2, factor: 0.5, warmUp: 1 } },
    epochs: 5,
  });
  const { exitCode, stderr } = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  expect([exitCode, stderr]).toEqual([0, ""]);
  const rates = eventsOf(await readEvents(join(folder, "run")), "epochCompleted").map(({ learningRate }) => learningRate);
  expect(rates).toEqual([0.025, 0.05, 0.05, 0.025, 0.025]);
  // The model's file holds the loss with its options.
  expect((await pipeline(["evaluate", "run", "--json"], { cwd: folder })).exitCode).toBe(0);
});

test.concurrent.each([
  [
    { layers: [{ type: "dense", units: 2 }], loss: "binaryCrossEntropy" },
    "model.loss  binaryCrossEntropy tells two classes apart but the data has 3",
  ],
  [
    {
      layers: [
        { type: "dense", units: 3, activation: "softmax" },
        { type: "dense", units: 3 },
      ],
    },
    "dense_1: softmax is for the output",
  ],
])("refused: %j", async (model, message) => {
  const folder = await smallProject({ model });
  const { exitCode, stderr } = await pipeline(["run", "config.json", "--out", "run"], { cwd: folder });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
