// Every activation, loss and optimizer gives the same bits call by call and replayed, with 1, 2, 3 and 8 threads.
import { createLinalg, type Linalg } from "@downhill/linalg";
import { randomStream } from "@downhill/random";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import {
  type ActivationConfig,
  type Batch,
  Dense,
  evaluate,
  Gelu,
  type LossConfig,
  lossFromConfig,
  type OptimizerConfig,
  optimizerFromConfig,
  ResidentSamples,
  Sequential,
  trainEpoch,
} from "../src/index.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const [COUNT, INPUTS, OUTPUTS] = [100, 30, 5];

let linalgs: Linalg[];
beforeAll(async () => {
  linalgs = await Promise.all([1, 2, 3, 8].map((threads) => createLinalg({ threads })));
});
afterAll(() => Promise.all(linalgs.map((linalg) => linalg.close())));

function* oneByOne(batches: Iterable<Batch>): Generator<Batch> {
  yield* batches;
}

const CASES: readonly [ActivationConfig, LossConfig, OptimizerConfig][] = [
  ["gelu", { type: "softmaxCrossEntropy", labelSmoothing: 0.1, classWeights: [1, 2, 3, 0.5, 1] }, { type: "adamW", clipNorm: 0.5 }],
  ["sigmoid", "huber", { type: "rmsProp", clipValue: 0.01 }],
  ["leakyRelu", "meanAbsoluteError", { type: "sgd", momentum: 0.9, nesterov: true, weightDecay: 0.01 }],
  [
    { type: "leakyRelu", negativeSlope: 0.3 },
    { type: "binaryCrossEntropy", targets: "values" },
    { type: "sgd", clipNorm: 0.1 },
  ],
];

it.each(CASES)("%o, %o, %o", async (activation, lossConfig, optimizerConfig) => {
  const run = async (linalg: Linalg, wrap: (batches: Iterable<Batch>) => Iterable<Batch>): Promise<number[]> => {
    const loss = lossFromConfig(lossConfig);
    const stream = randomStream(1, "picks");
    const features = Float32Array.from({ length: COUNT * INPUTS }, () => stream.uniform() - 0.5);
    const classes = loss.targets === "classes";
    const targets = Array.from({ length: classes ? COUNT : COUNT * OUTPUTS }, (_, i) => (classes ? i % OUTPUTS : ((i * 7) % 11) / 10));
    const samples = new ResidentSamples(linalg, { features, targets, size: COUNT }, loss);
    // Large enough for products and updates to be shared by the threads.
    const layers = [new Dense({ units: 560, activation }), new Gelu(), new Dense({ units: 40, activation }), new Dense({ units: OUTPUTS })];
    const model = new Sequential(linalg, { inputs: INPUTS, layers, loss, batchSize: 64 });
    const optimizer = optimizerFromConfig(model.parameters, { ...optimizerConfig, learningRate: 0.01 });
    const found: number[] = [];
    for (let epoch = 0; epoch < 2; epoch += 1) {
      for (const result of [
        await trainEpoch(model, wrap(samples.batches({ batchSize: 64 })), optimizer),
        await evaluate(model, wrap(samples.batches({ batchSize: 64 }))),
      ]) {
        found.push(result.cost, result.accuracy ?? 0, result.rmse ?? 0);
      }
    }
    return [...found, ...model.parameters.flatMap(({ value }) => [...value.data])];
  };
  const expected = await run(linalgs[0], oneByOne);
  expect(expected.every(Number.isFinite)).toBe(true);
  for (const linalg of linalgs) {
    const found = await run(linalg, (batches) => batches);
    expect(found.findIndex((value, index) => !Object.is(value, expected[index]))).toBe(-1);
  }
});
