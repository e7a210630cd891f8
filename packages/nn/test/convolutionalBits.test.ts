// A small network with every layer of images, dropout and normalisation: the same bits on any threads, replayed or call by call.
import { createLinalg, type Linalg } from "@downhill/linalg";
import { permutation, randomStream } from "@downhill/random";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import {
  Adam,
  AveragePool2D,
  BatchNorm,
  type Batch,
  Conv2D,
  Dense,
  Dropout,
  evaluate,
  Flatten,
  MaxPool2D,
  ResidentSamples,
  Sequential,
  softmaxCrossEntropy as loss,
  trainEpoch,
  trainingTensors,
} from "../src/index.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const [COUNT, HEIGHT, WIDTH, CHANNELS, CLASSES] = [90, 13, 12, 3, 5];

let linalgs: Linalg[];
beforeAll(async () => {
  linalgs = await Promise.all([1, 2, 3, 8].map((threads) => createLinalg({ threads })));
});
afterAll(() => Promise.all(linalgs.map((linalg) => linalg.close())));

function samplesOf(linalg: Linalg): ResidentSamples {
  const stream = randomStream(1, "picks");
  const features = Float32Array.from({ length: COUNT * HEIGHT * WIDTH * CHANNELS }, () => stream.uniform());
  return new ResidentSamples(linalg, { features, targets: Array.from({ length: COUNT }, (_, i) => (i * 7) % CLASSES), size: COUNT }, loss);
}

function modelOf(linalg: Linalg): Sequential {
  const layers = [
    new BatchNorm(),
    new Conv2D({ filters: 16, kernelSize: 3, padding: "same", activation: "gelu" }),
    new MaxPool2D({ poolSize: 3, strides: 2, padding: "same" }),
    new Conv2D({ filters: 24, kernelSize: [3, 2], strides: [1, 2], activation: { type: "leakyRelu", negativeSlope: 0.1 } }),
    new BatchNorm({ momentum: 0.8 }),
    new AveragePool2D(),
    new Flatten(),
    new Dropout({ rate: 0.25 }),
    new Dense({ units: 32, activation: "tanh" }),
    new Dense({ units: CLASSES }),
  ];
  return new Sequential(linalg, { inputs: [HEIGHT, WIDTH, CHANNELS], layers, loss, batchSize: 40 });
}

type Wrap = (batches: ReturnType<ResidentSamples["batches"]>) => Iterable<Batch>;

async function epoch(model: Sequential, samples: ResidentSamples, optimizer: Adam, number: number, wrap: Wrap) {
  const order = permutation(COUNT, randomStream(number, "shuffle"));
  return trainEpoch(model, wrap(samples.batches({ batchSize: 40, order })), optimizer);
}

async function run(linalg: Linalg, wrap: Wrap) {
  const [samples, model] = [samplesOf(linalg), modelOf(linalg)];
  const optimizer = new Adam(model.parameters);
  const results = [];
  for (let number = 1; number <= 3; number += 1) {
    results.push(await epoch(model, samples, optimizer, number, wrap));
    results.push(await evaluate(model, wrap(samples.batches({ batchSize: 25 }))));
  }
  return { results, tensors: trainingTensors(model).map(({ name, data }) => [name, ...data]) };
}

it("gives the same bits with 1, 2, 3 and 8 threads, replayed or call by call", async () => {
  const expected = await run(linalgs[0], function* oneByOne(batches) {
    yield* batches;
  });
  expect(expected.results.every(({ cost }) => Number.isFinite(cost))).toBe(true);
  // It learns something.
  expect(expected.results[4].cost).toBeLessThan(expected.results[0].cost);
  for (const linalg of linalgs) expect(await run(linalg, (batches) => batches)).toEqual(expected);
});

it("names its parameters, gamma before beta, and its state", () => {
  const [linalg] = linalgs;
  const model = modelOf(linalg);
  expect(model.parameters.map(({ name }) => name).slice(0, 4)).toEqual([
    "batchNorm_1/gamma",
    "batchNorm_1/beta",
    "conv2d_1/weights",
    "conv2d_1/biases",
  ]);
  expect(model.state.map(({ name }) => name)).toEqual([
    "batchNorm_1/mean",
    "batchNorm_1/variance",
    "batchNorm_2/mean",
    "batchNorm_2/variance",
    "dropout_1/position",
  ]);
});
