// A small network with every layer of images, dropout and normalisation: the same bits on any threads, replayed or call by call,
// and from a state that was saved between two epochs.
import { Cell, createLinalg, type Linalg } from "@downhill/linalg";
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
  loadParameters,
  loadState,
  MaxPool2D,
  NnError,
  parameterTensors,
  ResidentSamples,
  Sequential,
  softmaxCrossEntropy as loss,
  stateTensors,
  trainEpoch,
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
    new Conv2D({ filters: 16, kernelSize: 3, padding: "same", activation: "relu" }),
    new MaxPool2D({ poolSize: 3, strides: 2, padding: "same" }),
    new Conv2D({ filters: 24, kernelSize: [3, 2], strides: [1, 2] }),
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
  return { results, tensors: [...parameterTensors(model), ...stateTensors(model)].map(({ name, data }) => [name, ...data]) };
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

it("goes on to the same bits from its parameters and its state", async () => {
  const [linalg] = linalgs;
  const replayed: Wrap = (batches) => batches;
  const [samples, model, resumed] = [samplesOf(linalg), modelOf(linalg), modelOf(linalg)];
  const [optimizer, resumedOptimizer] = [new Adam(model.parameters), new Adam(resumed.parameters)];
  await epoch(model, samples, optimizer, 1, replayed);
  const entries = [...model.state, ...optimizer.state];
  const targets = [...resumed.state, ...resumedOptimizer.state];
  expect(targets.map(({ name }) => name)).toEqual(entries.map(({ name }) => name));
  loadParameters(resumed, parameterTensors(model));
  entries.forEach(({ value }, index) => {
    const target = targets[index].value;
    if (value instanceof Cell) (target as Cell).value = value.value;
    else (target as typeof value).data.set(value.data);
  });
  const [on, again] = [await epoch(model, samples, optimizer, 2, replayed), await epoch(resumed, samples, resumedOptimizer, 2, replayed)];
  expect(again).toEqual(on);
  expect(parameterTensors(resumed)).toEqual(parameterTensors(model));
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
  expect(stateTensors(model).map(({ name, shape }) => [name, ...shape])).toEqual([
    ["batchNorm_1/mean", 1, 3],
    ["batchNorm_1/variance", 1, 3],
    ["batchNorm_2/mean", 1, 24],
    ["batchNorm_2/variance", 1, 24],
  ]);
  expect(() => loadState(model, parameterTensors(model))).toThrow(NnError);
});
