// Training from the same initial weights as NumPy in f64; golden/golden.py made the figures and says how.
import { readFile } from "node:fs/promises";
import { createLinalg } from "@downhill/linalg";
import { expect, it } from "vitest";
import { type ActivationName, Dense, loadTrainingTensors, Sequential, Sgd, softmaxCrossEntropy, trainEpoch } from "../src/index.ts";

interface Golden {
  readonly samples: number;
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
  readonly learningRate: number;
  readonly runs: readonly {
    readonly activation: ActivationName;
    readonly x: number[];
    readonly labels: number[];
    readonly w1: number[];
    readonly w2: number[];
    readonly costs: number[];
  }[];
}

const golden = JSON.parse(await readFile(new URL("golden/golden.json", import.meta.url), "utf8")) as Golden;

it.each(golden.runs)("the first 50 costs equal NumPy's to 1e-4 ($activation)", async ({ activation, x, labels, w1, w2, costs }) => {
  const { samples, inputs, hidden, classes, learningRate } = golden;
  const model = new Sequential(await createLinalg({ threads: 1 }), {
    inputs,
    layers: [new Dense({ units: hidden, activation }), new Dense({ units: classes })],
    loss: softmaxCrossEntropy,
    batchSize: samples,
  });
  loadTrainingTensors(model, undefined, [
    { name: "dense_1/weights", shape: [inputs, hidden], data: Float32Array.from(w1) },
    { name: "dense_1/biases", shape: [1, hidden], data: new Float32Array(hidden) },
    { name: "dense_2/weights", shape: [hidden, classes], data: Float32Array.from(w2) },
    { name: "dense_2/biases", shape: [1, classes], data: new Float32Array(classes) },
  ]);
  const optimizer = new Sgd(model.parameters, { learningRate });
  expect(costs).toHaveLength(50);
  for (const expected of costs) {
    const { cost } = await trainEpoch(model, [{ features: x, targets: labels, size: samples }], optimizer);
    expect(Math.abs(cost - expected) / expected).toBeLessThan(1e-4);
  }
});
