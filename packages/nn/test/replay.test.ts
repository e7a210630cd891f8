// Epochs over a set in memory are replayed inside WebAssembly: to the bits that the same batches give one by one, whatever they
// are and however many threads there are.
import { createLinalg, type Linalg, LinalgError } from "@downhill/linalg";
import { permutation, randomStream } from "@downhill/random";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  Adam,
  type Batch,
  type BatchOptions,
  Dense,
  type EpochResult,
  evaluate,
  type Loss,
  meanSquaredError,
  NnError,
  type Optimizer,
  ResidentSamples,
  Sequential,
  Sgd,
  softmaxCrossEntropy,
  trainEpoch,
} from "../src/index.ts";

// Threads of a team wait for one another, long where the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const [COUNT, INPUTS, CLASSES] = [150, 60, 5];

let linalgs: Linalg[];
beforeAll(async () => {
  linalgs = await Promise.all([1, 2, 3].map((threads) => createLinalg({ threads })));
});
afterAll(() => Promise.all(linalgs.map((linalg) => linalg.close())));

/** Samples of which a share of the features is not zero. */
function samplesOf(linalg: Linalg, loss: Loss, { share = 0.3, count = COUNT } = {}): ResidentSamples {
  const stream = randomStream(1, "picks");
  const features = Float32Array.from({ length: count * INPUTS }, () => (stream.uniform() < share ? stream.uniform() : 0));
  const targets = Array.from({ length: loss.targets === "classes" ? count : count * CLASSES }, (_, index) => (index * 7) % CLASSES);
  return new ResidentSamples(linalg, { features, targets, size: count }, loss);
}

// Large enough for its products to be shared by the threads.
function modelOf(linalg: Linalg, loss: Loss = softmaxCrossEntropy, batchSize = COUNT): Sequential {
  const layers = [
    new Dense({ units: 48, activation: "tanh" }),
    new Dense({ units: 40, activation: "relu" }),
    new Dense({ units: CLASSES }),
  ];
  return new Sequential(linalg, { inputs: INPUTS, layers, loss, batchSize });
}

/** The same batches, as a generator that nobody can look into. */
function* oneByOne(batches: Iterable<Batch>): Generator<Batch> {
  yield* batches;
}

/** The first `count` of them. */
function* first(count: number, batches: Iterable<Batch>): Generator<Batch> {
  let taken = 0;
  for (const batch of batches) {
    yield batch;
    taken += 1;
    if (taken === count) return;
  }
}

function weightsOf(model: Sequential): number[] {
  return model.parameters.flatMap(({ value }) => [...value.data]);
}

type Batches = ReturnType<ResidentSamples["batches"]>;
type Wrap = (batches: Batches) => Iterable<Batch>;
const replayed: Wrap = (batches) => batches;

const OPTIMIZERS: Readonly<Record<string, (model: Sequential) => Optimizer>> = {
  Sgd: (model) => new Sgd(model.parameters, { learningRate: 0.1 }),
  Adam: (model) => new Adam(model.parameters, { learningRate: 0.01 }),
};
const CUTS: Readonly<Record<string, (epoch: number) => BatchOptions>> = {
  "the full batch": () => ({ batchSize: COUNT }),
  "a shuffled full batch": (epoch) => ({ batchSize: COUNT, order: permutation(COUNT, randomStream(epoch, "shuffle")) }),
  "shuffled batches with a remainder": (epoch) => ({ batchSize: 64, order: permutation(COUNT, randomStream(epoch, "shuffle")) }),
  "batches in their order": () => ({ batchSize: 50 }),
  "batches of one": () => ({ batchSize: 1 }),
};

describe("an epoch over samples in memory", () => {
  const LOSSES: Readonly<Record<string, [loss: Loss, share: number]>> = {
    "classes, sparse features": [softmaxCrossEntropy, 0.3],
    "values, dense features": [meanSquaredError, 1],
  };

  /** Three epochs with an evaluation after each, and a change of the learning rate; all that they found. */
  async function run(linalg: Linalg, wrap: Wrap, names: { readonly loss: string; readonly optimizer: string; readonly cut: string }) {
    const [loss, share] = LOSSES[names.loss];
    const [samples, others] = [samplesOf(linalg, loss, { share }), samplesOf(linalg, loss, { share, count: 70 })];
    const model = modelOf(linalg, loss);
    const optimizer = OPTIMIZERS[names.optimizer](model);
    const results: EpochResult[] = [];
    for (let epoch = 1; epoch <= 3; epoch += 1) {
      const options = CUTS[names.cut](epoch);
      results.push(await trainEpoch(model, wrap(samples.batches(options)), optimizer));
      results.push(await evaluate(model, wrap(samples.batches(options))));
      results.push(await evaluate(model, wrap(others.batches({ batchSize: 30 }))));
      optimizer.learningRate /= 2;
    }
    return { results, weights: weightsOf(model) };
  }

  const cases = Object.keys(LOSSES).flatMap((loss) =>
    Object.keys(OPTIMIZERS).flatMap((optimizer) => Object.keys(CUTS).map((cut) => ({ loss, optimizer, cut }))),
  );
  it.each(cases)("gives the bits of its batches one by one: $optimizer, $cut, $loss", async (names) => {
    const expected = await run(linalgs[0], oneByOne, names);
    expect(expected.results.every(({ cost }) => Number.isFinite(cost))).toBe(true);
    for (const linalg of linalgs) {
      const capture = vi.spyOn(linalg, "capture");
      const found = await run(linalg, replayed, names);
      expect(found.results).toEqual(expected.results);
      expect(found.weights.findIndex((weight, index) => !Object.is(weight, expected.weights[index]))).toBe(-1);
      // Once for each purpose, set and size: in the first epoch.
      const sizes = names.cut === "shuffled batches with a remainder" ? 2 : 1;
      expect(capture).toHaveBeenCalledTimes(2 * sizes + 2);
      capture.mockRestore();
    }
  });

  it("is replayed for two models and two optimizers each as if it were the only one", async () => {
    const [linalg] = linalgs;
    const train = async (wrap: Wrap): Promise<number[]> => {
      const samples = samplesOf(linalg, softmaxCrossEntropy);
      const models = [modelOf(linalg), modelOf(linalg)];
      const optimizers = models.flatMap((model) =>
        Object.values(OPTIMIZERS).map((optimizerOf) => ({ model, optimizer: optimizerOf(model) })),
      );
      for (let epoch = 1; epoch <= 2; epoch += 1) {
        for (const { model, optimizer } of optimizers) await trainEpoch(model, wrap(samples.batches({ batchSize: 40 })), optimizer);
        // From here on the models differ.
        await trainEpoch(models[0], wrap(samples.batches({ batchSize: COUNT })), optimizers[0].optimizer);
      }
      return models.flatMap(weightsOf);
    };
    expect(await train(replayed)).toEqual(await train(oneByOne));
  });
});

describe("a signal", () => {
  it("stops an epoch between two replays: after the batches that were counted", async () => {
    for (const linalg of linalgs) {
      const [samples, model, other] = [samplesOf(linalg, softmaxCrossEntropy), modelOf(linalg), modelOf(linalg)];
      const [optimizer, otherOptimizer] = [model, other].map(({ parameters }) => new Sgd(parameters, { learningRate: 0.1 }));
      let asked = 0;
      const signal = {
        get aborted(): boolean {
          asked += 1;
          return asked > 3;
        },
      };
      const result = await trainEpoch(model, samples.batches({ batchSize: 1 }), optimizer, signal);
      expect(result.stopped).toBe(true);
      expect(result.samples).toBeGreaterThanOrEqual(3);
      expect(result.samples).toBeLessThan(COUNT);
      await trainEpoch(other, first(result.samples, samples.batches({ batchSize: 1 })), otherOptimizer);
      expect(weightsOf(model)).toEqual(weightsOf(other));
      // The next epoch begins with the first batch.
      const [again, afresh] = [
        await evaluate(model, samples.batches({ batchSize: 1 })),
        await evaluate(other, oneByOne(samples.batches({ batchSize: 1 }))),
      ];
      expect(again).toEqual(afresh);
    }
  });

  it("is heard from the event loop", async () => {
    const [linalg] = linalgs;
    const [samples, model, controller] = [samplesOf(linalg, softmaxCrossEntropy), modelOf(linalg), new AbortController()];
    setImmediate(() => controller.abort());
    const optimizer = new Sgd(model.parameters);
    // Nothing here gives the event loop a turn but the epochs themselves, every some milliseconds.
    let result = await trainEpoch(model, samples.batches({ batchSize: 1 }), optimizer, controller.signal);
    for (let epoch = 2; !result.stopped && epoch < 10_000; epoch += 1) {
      result = await trainEpoch(model, samples.batches({ batchSize: 1 }), optimizer, controller.signal);
    }
    expect(result.stopped).toBe(true);
  });

  it("that was given before leaves all as it is", async () => {
    const [linalg] = linalgs;
    const [samples, model] = [samplesOf(linalg, softmaxCrossEntropy), modelOf(linalg)];
    const before = weightsOf(model);
    const result = await trainEpoch(model, samples.batches({ batchSize: 40 }), new Sgd(model.parameters), AbortSignal.abort());
    expect(result).toMatchObject({ samples: 0, stopped: true });
    expect(weightsOf(model)).toEqual(before);
  });
});

describe("refused", () => {
  it.each([
    ["one row too few", (order: number[]) => order.slice(1), "batches: the order names 149 rows; there are 150"],
    ["a row that is not there", (order: number[]) => order.with(7, COUNT), "batches: order[7] is 150; it must be from 0 to 149"],
    ["−1", (order: number[]) => order.with(0, -1), "batches: order[0] is -1; it must be from 0 to 149"],
    ["half a row", (order: number[]) => order.with(149, 0.5), "batches: order[149] is 0.5; it must be from 0 to 149"],
    ["NaN", (order: number[]) => order.with(1, Number.NaN), "batches: order[1] is NaN; it must be from 0 to 149"],
  ])("an order with %s", (_what, spoil, message) => {
    const samples = samplesOf(linalgs[0], softmaxCrossEntropy);
    const order = spoil(Array.from({ length: COUNT }, (_, index) => index));
    expect(() => samples.batches({ batchSize: 10, order })).toThrow(new NnError(message));
  });

  it.each([0, -1, 1.5, Number.NaN])("a batch size of %d", (batchSize) => {
    const samples = samplesOf(linalgs[0], softmaxCrossEntropy);
    expect(() => samples.batches({ batchSize })).toThrow(`batches: batchSize is ${batchSize}; it must be at least 1`);
  });

  it("an order that is spoilt after it was checked, and the next epoch goes well", async () => {
    for (const linalg of linalgs) {
      const [samples, model] = [samplesOf(linalg, softmaxCrossEntropy), modelOf(linalg)];
      const optimizer = new Sgd(model.parameters);
      const order = Array.from({ length: COUNT }, (_, index) => index);
      const batches = samples.batches({ batchSize: 40, order });
      order[130] = COUNT + 3;
      await expect(trainEpoch(model, batches, optimizer)).rejects.toThrow(LinalgError);
      order[130] = 130;
      expect(await trainEpoch(model, batches, optimizer)).toMatchObject({ samples: COUNT, stopped: false });
    }
  });

  it("batches that are larger than the model's, and the next ones go well", async () => {
    const [linalg] = linalgs;
    const [samples, model] = [samplesOf(linalg, softmaxCrossEntropy), modelOf(linalg, softmaxCrossEntropy, 20)];
    const optimizer = new Sgd(model.parameters);
    await expect(trainEpoch(model, samples.batches({ batchSize: 21 }), optimizer)).rejects.toThrow(
      "the batch holds 21 samples; the model was made for 1 to 20",
    );
    expect(await trainEpoch(model, samples.batches({ batchSize: 20 }), optimizer)).toMatchObject({ samples: COUNT });
  });
});
