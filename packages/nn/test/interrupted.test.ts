// An epoch that is stopped anywhere and gone on with in another model ends in the same bits; one whose cost is no number ends
// with that batch and says where it began.
import { createLinalg, type Linalg } from "@downhill/linalg";
import { permutation, randomStream } from "@downhill/random";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  Adam,
  Dense,
  type EpochSums,
  loadTrainingTensors,
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

function samplesOf(linalg: Linalg): ResidentSamples {
  const stream = randomStream(1, "picks");
  const features = Float32Array.from({ length: COUNT * INPUTS }, () => stream.uniform() - 0.5);
  const targets = Array.from({ length: COUNT }, (_, index) => (index * 7) % CLASSES);
  return new ResidentSamples(linalg, { features, targets, size: COUNT }, softmaxCrossEntropy);
}

function learnerOf(linalg: Linalg): { model: Sequential; optimizer: Optimizer; samples: ResidentSamples } {
  const layers = [new Dense({ units: 9, activation: "tanh" }), new Dense({ units: CLASSES })];
  const model = new Sequential(linalg, { inputs: INPUTS, layers, loss: softmaxCrossEntropy, batchSize: BATCH });
  return { model, optimizer: new Adam(model.parameters, { learningRate: 0.02 }), samples: samplesOf(linalg) };
}

const order = permutation(COUNT, randomStream(0, "shuffle"));

describe("an epoch in two parts", () => {
  it("is the whole epoch, wherever it was cut, in another memory and with another number of threads", async () => {
    const whole = learnerOf(linalgs[0]);
    const expected = await trainEpoch(whole.model, whole.samples.batches({ batchSize: BATCH, order }), whole.optimizer);
    const tensors = trainingTensors(whole.model, whole.optimizer);
    for (let cut = 0; cut <= BATCHES; cut += 1) {
      const [one, other] = [learnerOf(linalgs[cut % 2]), learnerOf(linalgs[(cut + 1) % 2])];
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
    const { model, optimizer } = learnerOf(linalgs[0]);
    const names = trainingTensors(model, optimizer).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("dense_1/weights");
    expect(names).toContain("dense_2/biases/v");
    expect(names).toContain("adam/power1");
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
  function exploding(linalg: Linalg): { model: Sequential; optimizer: Optimizer; samples: ResidentSamples } {
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
