// An epoch that is stopped anywhere and gone on with in another model ends in the same bits; one whose cost is no number ends
// with that batch and says where it began.
import { createLinalg, type Linalg } from "@downhill/linalg";
import { permutation, randomStream } from "@downhill/random";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  Adam,
  BatchNorm,
  Conv2D,
  Dense,
  Dropout,
  type EpochSums,
  huber,
  loadTrainingTensors,
  type Loss,
  MaxPool2D,
  meanSquaredError,
  NnError,
  NO_SUMS,
  type Optimizer,
  ResidentSamples,
  Sequential,
  Sgd,
  softmaxCrossEntropy,
  trainEpoch,
  trainingTensors,
} from "../src/index.ts";

// Threads of a team wait for one another, long where the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const [COUNT, INPUTS, CLASSES, BATCH] = [103, 12, 4, 10];
const BATCHES = Math.ceil(COUNT / BATCH);

let linalgs: Linalg[];
beforeAll(async () => {
  linalgs = await Promise.all([1, 3].map((threads) => createLinalg({ threads })));
});
afterAll(() => Promise.all(linalgs.map((linalg) => linalg.close())));

interface Learner {
  readonly model: Sequential;
  readonly optimizer: Optimizer;
  readonly samples: ResidentSamples;
}

function samplesOf(linalg: Linalg, loss: Loss = softmaxCrossEntropy): ResidentSamples {
  const stream = randomStream(1, "picks");
  const features = Float32Array.from({ length: COUNT * INPUTS }, () => stream.uniform() - 0.5);
  const classes = loss.targets === "classes";
  const targets = Array.from({ length: classes ? COUNT : COUNT * CLASSES }, (_, index) => (index * 7) % CLASSES);
  return new ResidentSamples(linalg, { features, targets, size: COUNT }, loss);
}

function learnerOf(linalg: Linalg): Learner {
  const layers = [new Dense({ units: 9, activation: "tanh" }), new Dense({ units: CLASSES })];
  const model = new Sequential(linalg, { inputs: INPUTS, layers, loss: softmaxCrossEntropy, batchSize: BATCH });
  return { model, optimizer: new Adam(model.parameters, { learningRate: 0.02 }), samples: samplesOf(linalg) };
}

// Averages that move, masks that go on from a position, and a norm of all gradients.
function convolutional(linalg: Linalg): Learner {
  const layers = [
    new Conv2D({ filters: 6, kernelSize: 2, padding: "same", activation: "gelu" }),
    new BatchNorm({ momentum: 0.9 }),
    new MaxPool2D({ poolSize: 2, strides: 1 }),
    new Dropout({ rate: 0.3 }),
    new Dense({ units: CLASSES }),
  ];
  const model = new Sequential(linalg, { inputs: [4, 3, 1], layers, loss: softmaxCrossEntropy, batchSize: BATCH });
  return { model, optimizer: new Adam(model.parameters, { learningRate: 0.02, clipNorm: 0.1 }), samples: samplesOf(linalg) };
}

// Values, whose errors are measured beside their losses.
function regression(linalg: Linalg): Learner {
  const loss = huber({ delta: 0.5 });
  const layers = [new Dense({ units: 9, activation: "sigmoid" }), new Dropout({ rate: 0.1 }), new Dense({ units: CLASSES })];
  const model = new Sequential(linalg, { inputs: INPUTS, layers, loss, batchSize: BATCH });
  return { model, optimizer: new Sgd(model.parameters, { momentum: 0.9, nesterov: true }), samples: samplesOf(linalg, loss) };
}

const order = permutation(COUNT, randomStream(0, "shuffle"));

describe("an epoch in two parts", () => {
  it.each([
    ["dense layers under Adam", learnerOf],
    ["convolution, averages and masks under clipped Adam", convolutional],
    ["values under momentum", regression],
  ])("of %s is the whole epoch, wherever it was cut, in another memory and with another number of threads", async (_, make) => {
    const whole = make(linalgs[0]);
    const expected = await trainEpoch(whole.model, whole.samples.batches({ batchSize: BATCH, order }), whole.optimizer);
    const tensors = trainingTensors(whole.model, whole.optimizer);
    for (let cut = 0; cut <= BATCHES; cut += 1) {
      const [one, other] = [make(linalgs[cut % 2]), make(linalgs[(cut + 1) % 2])];
      const sums: EpochSums =
        cut === 0
          ? NO_SUMS
          : (await trainEpoch(one.model, one.samples.batches({ batchSize: BATCH, order }).slice(0, cut), one.optimizer)).sums;
      expect(sums.samples).toBe(Math.min(COUNT, cut * BATCH));
      loadTrainingTensors(other.model, other.optimizer, trainingTensors(one.model, one.optimizer));
      const rest = other.samples.batches({ batchSize: BATCH, order }).slice(cut);
      const result = await trainEpoch(other.model, rest, other.optimizer, undefined, sums);
      expect(result).toEqual(expected);
      expect(trainingTensors(other.model, other.optimizer)).toEqual(tensors);
    }
  });

  it("names every tensor once, the optimizer's too", () => {
    const { model, optimizer } = convolutional(linalgs[0]);
    const names = trainingTensors(model, optimizer).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const some = ["conv2d_1/weights", "batchNorm_1/variance", "dropout_1/position", "dense_1/biases/v", "adam/power1"];
    expect(names).toEqual(expect.arrayContaining(some));
  });

  it("takes no tensors of another model or optimizer, and leaves everything as it was", () => {
    const { model, optimizer } = learnerOf(linalgs[0]);
    const held = trainingTensors(model, optimizer);
    const altered = (change: (tensors: typeof held) => unknown): typeof held => {
      const tensors = held.map((tensor) => ({ ...tensor, data: tensor.data.map((value) => value + 1) }));
      change(tensors);
      return tensors;
    };
    const wrong = [
      altered((tensors) => tensors.pop()),
      altered((tensors) => tensors.push({ name: "sgd/momentum", shape: [], data: Float64Array.of(1) })),
      altered((tensors) => (tensors[0] = { ...tensors[0], shape: [9, 12] })),
      altered((tensors) => (tensors[0] = { ...tensors[0], data: Float64Array.from(tensors[0].data) })),
      altered((tensors) => (tensors[4] = { name: tensors[4].name, shape: [], data: Float32Array.of(1) })),
    ];
    for (const tensors of wrong) expect(() => loadTrainingTensors(model, optimizer, tensors)).toThrow(NnError);
    expect(trainingTensors(model, optimizer)).toEqual(held);
    expect(() => loadTrainingTensors(model, new Sgd(model.parameters), held)).toThrow("adam/power1 is among the tensors");
  });
});

describe("a cost that is no number", () => {
  // A learning rate that lets the weights grow until a product of them overflows.
  function exploding(linalg: Linalg): Learner {
    const layers = [new Dense({ units: 4 }), new Dense({ units: 4 }), new Dense({ units: 1 })];
    const model = new Sequential(linalg, { inputs: INPUTS, layers, loss: meanSquaredError, batchSize: 1 });
    const { features } = samplesOf(linalg);
    const targets = Array.from({ length: COUNT }, (_, row) => 1000 + row);
    const samples = new ResidentSamples(linalg, { features: features.data, targets, size: COUNT }, meanSquaredError);
    return { model, optimizer: new Sgd(model.parameters, { learningRate: 0.5 }), samples };
  }

  it("ends the epoch with its batch, replayed or one by one, and names the layer", async () => {
    const ends = await Promise.all(
      linalgs.map(async (linalg) => {
        const [replayed, single] = [exploding(linalg), exploding(linalg)];
        const result = await trainEpoch(replayed.model, replayed.samples.batches({ batchSize: 1 }), replayed.optimizer);
        const batches = [...Array(COUNT).keys()].map((row) => ({
          features: single.samples.features.data.slice(row * INPUTS, (row + 1) * INPUTS),
          targets: [1000 + row],
          size: 1,
        }));
        const other = await trainEpoch(single.model, batches, single.optimizer);
        expect(result.stopped).toBe(true);
        expect(other.samples).toBe(result.samples);
        expect(replayed.model.firstNonFinite()).toBe(single.model.firstNonFinite());
        expect(replayed.model.firstNonFinite() ?? "the loss").toMatch(/dense_[123]|the loss/);
        return result.samples;
      }),
    );
    expect(new Set(ends).size).toBe(1);
    expect(ends[0]).toBeGreaterThan(1);
    expect(ends[0]).toBeLessThan(COUNT);
  });

  it("is told apart from a batch that holds no numbers", async () => {
    const { model, optimizer } = learnerOf(linalgs[0]);
    const features = new Float32Array(INPUTS * 2).fill(1);
    await trainEpoch(model, [{ features, targets: [0, 1], size: 2 }], optimizer);
    expect(model.firstNonFinite()).toBeUndefined();
    features[5] = Number.NaN;
    const result = await trainEpoch(model, [{ features, targets: [0, 1], size: 2 }], optimizer);
    expect(result.cost).toBeNaN();
    expect(model.firstNonFinite()).toBe("input");
  });
});
