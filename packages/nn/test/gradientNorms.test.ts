// The gradients of a replayed step are in memory after it, though the update is done within the products that give them.
import { createLinalg, type Linalg } from "@downhill/linalg";
import { permutation, randomStream } from "@downhill/random";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import {
  Adam,
  Dense,
  gradientNorms,
  type Optimizer,
  parameterTensors,
  Relu,
  ResidentSamples,
  Sequential,
  Sgd,
  softmaxCrossEntropy,
  trainEpoch,
} from "../src/index.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const [COUNT, INPUTS, CLASSES] = [70, 33, 5];
const LEARNING_RATE = 0.25;

let linalgs: Linalg[];
beforeAll(async () => {
  linalgs = await Promise.all([1, 3].map((threads) => createLinalg({ threads })));
});
afterAll(() => Promise.all(linalgs.map((linalg) => linalg.close())));

const modelOf = (linalg: Linalg): Sequential =>
  new Sequential(linalg, {
    inputs: INPUTS,
    layers: [new Dense({ units: 20, activation: "tanh" }), new Dense({ units: 12 }), new Relu(), new Dense({ units: CLASSES })],
    loss: softmaxCrossEntropy,
    batchSize: COUNT,
  });

// Sparse or dense features: products go other ways.
const samplesOf = (linalg: Linalg, share: number): ResidentSamples => {
  const stream = randomStream(1, "picks");
  const features = Float32Array.from({ length: COUNT * INPUTS }, () => (stream.uniform() < share ? stream.uniform() : 0));
  const targets = Array.from({ length: COUNT }, (_, index) => (index * 7) % CLASSES);
  return new ResidentSamples(linalg, { features, targets, size: COUNT }, softmaxCrossEntropy);
};

const OPTIMIZERS: readonly [string, (model: Sequential) => Optimizer][] = [
  ["sgd", (model) => new Sgd(model.parameters, { learningRate: LEARNING_RATE })],
  ["adam", (model) => new Adam(model.parameters)],
];

const order = permutation(COUNT, randomStream(2, "shuffle"));

it.each(OPTIMIZERS)("are those of the last batch, replayed by any number of threads or taken one by one: %s", async (_, optimize) => {
  for (const share of [0.1, 1]) {
    const results: unknown[] = [];
    for (const linalg of linalgs) {
      for (const oneByOne of [false, true]) {
        const model = modelOf(linalg);
        const optimizer = optimize(model);
        const samples = samplesOf(linalg, share);
        for (let epoch = 0; epoch < 3; epoch += 1) {
          const batches = samples.batches({ batchSize: 16, order });
          await trainEpoch(
            model,
            oneByOne
              ? (function* () {
                  yield* batches;
                })()
              : batches,
            optimizer,
          );
        }
        results.push(gradientNorms(model));
      }
    }
    expect(Object.keys(results[0] as object)).toEqual(["dense_1", "dense_2", "dense_3"]);
    for (const result of results) expect(result).toEqual(results[0]);
    expect(Object.values(results[0] as Record<string, number>).every((norm) => norm > 0)).toBe(true);
  }
});

it("are what plain gradient descent has moved the weights by", async () => {
  for (const linalg of linalgs) {
    const model = modelOf(linalg);
    expect(gradientNorms(model)).toEqual({ dense_1: 0, dense_2: 0, dense_3: 0 });
    const optimizer = new Sgd(model.parameters, { learningRate: LEARNING_RATE });
    const samples = samplesOf(linalg, 0.3);
    // Twice, so that the second pass is a replay of what the first has captured.
    await trainEpoch(model, samples.batches({ batchSize: COUNT }), optimizer);
    const before = parameterTensors(model);
    await trainEpoch(model, samples.batches({ batchSize: COUNT }), optimizer);
    const moved: Record<string, number> = {};
    for (const [index, { name, data }] of parameterTensors(model).entries()) {
      const layer = name.split("/")[0];
      for (const [place, value] of data.entries())
        moved[layer] = (moved[layer] ?? 0) + ((before[index].data[place] - value) / LEARNING_RATE) ** 2;
    }
    for (const [layer, norm] of Object.entries(gradientNorms(model))) {
      expect(Math.abs(norm / Math.sqrt(moved[layer]) - 1)).toBeLessThan(1e-4);
    }
  }
});
