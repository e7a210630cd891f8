import { createLinalg, type Linalg } from "@downhill/linalg";
import { permutation, randomStream } from "@downhill/random";
import { beforeEach, describe, expect, it } from "vitest";
import {
  Adam,
  Dense,
  evaluate,
  meanSquaredError,
  type Optimizer,
  predict,
  ResidentSamples,
  Sequential,
  Sgd,
  softmaxCrossEntropy,
  trainEpoch,
} from "../src/index.ts";

let linalg: Linalg;
beforeEach(async () => {
  linalg = await createLinalg({ threads: 1 });
});

// Three classes by which of three numbers is the greatest.
const COUNT = 50;
const stream = randomStream(1, "picks");
const features = Float32Array.from({ length: COUNT * 3 }, () => stream.uniform());
const targets = Int32Array.from({ length: COUNT }, (_, row) => {
  const numbers = [...features.subarray(row * 3, row * 3 + 3)];
  return numbers.indexOf(Math.max(...numbers));
});
const samples = { features, targets, size: COUNT };

function classifier(batchSize = COUNT, seed = 0): Sequential {
  const layers = [new Dense({ units: 8, activation: "relu" }), new Dense({ units: 3 })];
  return new Sequential(linalg, { inputs: 3, layers, loss: softmaxCrossEntropy, batchSize, seed });
}

/** What the weights are after one epoch, as numbers. */
async function trained(model: Sequential, batches: Parameters<typeof trainEpoch>[1], optimizer: Optimizer): Promise<number[]> {
  await trainEpoch(model, batches, optimizer);
  return model.parameters.flatMap(({ value }) => [...value.data]);
}

describe("trainEpoch", () => {
  it.each([
    ["Sgd", (model: Sequential) => new Sgd(model.parameters, { learningRate: 0.5 }), 600],
    ["Adam", (model: Sequential) => new Adam(model.parameters, { learningRate: 0.02 }), 200],
  ] as const)("learns three classes with %s", async (_name, optimize, epochs) => {
    const model = classifier();
    const optimizer = optimize(model);
    let result = await trainEpoch(model, [samples], optimizer);
    const first = result.cost;
    for (let epoch = 2; epoch <= epochs; epoch += 1) result = await trainEpoch(model, [samples], optimizer);
    expect(result.cost).toBeLessThan(first / 4);
    expect(result.accuracy).toBeGreaterThan(0.95);
    expect(result.samples).toBe(COUNT);
  });

  it("fits a line, with the RMSE as its measure", async () => {
    const model = new Sequential(linalg, { inputs: 1, layers: [new Dense({ units: 1 })], loss: meanSquaredError, batchSize: 4 });
    const optimizer = new Sgd(model.parameters, { learningRate: 0.1 });
    const line = { features: [0, 1, 2, 3], targets: [1, 3, 5, 7], size: 4 };
    for (let epoch = 1; epoch <= 400; epoch += 1) await trainEpoch(model, [line], optimizer);
    const { rmse, accuracy } = await evaluate(model, [line]);
    expect(rmse).toBeLessThan(1e-3);
    expect(accuracy).toBeUndefined();
    expect(predict(model, [10], 1)[0]).toBeCloseTo(21, 1);
  });

  it("gives the cost before the update, weighted by the batches' sizes", async () => {
    const model = classifier();
    const { cost, accuracy } = await evaluate(model, [samples]);
    const parts = [
      { features: features.subarray(0, 120), targets: targets.subarray(0, 40), size: 40 },
      { features: features.subarray(120), targets: targets.subarray(40), size: 10 },
    ];
    const still = new Sgd(model.parameters, { learningRate: 0 });
    const result = await trainEpoch(model, parts, still);
    expect(result.cost).toBeCloseTo(cost, 6);
    expect(result.accuracy).toBe(accuracy);
  });

  it("takes arrays, async batches and resident samples to the same bits", async () => {
    const runs = [0, 1, 2].map(() => classifier());
    const step = (index: number) => new Sgd(runs[index].parameters, { learningRate: 0.1 });
    const resident = new ResidentSamples(linalg, samples, softmaxCrossEntropy);
    async function* later() {
      yield samples;
    }
    const weights = [
      await trained(runs[0], [samples], step(0)),
      await trained(runs[1], later(), step(1)),
      await trained(runs[2], resident.batches({ batchSize: COUNT }), step(2)),
    ];
    expect(weights[1]).toEqual(weights[0]);
    expect(weights[2]).toEqual(weights[0]);
  });

  it("stops after the batch under way", async () => {
    const model = classifier();
    const controller = new AbortController();
    function* endless() {
      for (let batch = 1; ; batch += 1) {
        if (batch === 3) controller.abort();
        yield samples;
      }
    }
    const result = await trainEpoch(model, endless(), new Sgd(model.parameters), controller.signal);
    expect(result).toMatchObject({ stopped: true, samples: 3 * COUNT });
  });

  it("takes no memory in a step", async () => {
    const model = classifier(16);
    const optimizer = new Adam(model.parameters);
    const resident = new ResidentSamples(linalg, samples, softmaxCrossEntropy);
    const order = permutation(COUNT, randomStream(0, "shuffle"));
    const epoch = () => trainEpoch(model, resident.batches({ batchSize: 16, order }), optimizer);
    await epoch();
    const before = linalg.cell().pointer;
    await epoch();
    await epoch();
    expect(linalg.cell().pointer - before).toBe(64);
  });

  it("refuses batches that don't fit the model", async () => {
    const model = classifier(10);
    const optimizer = new Sgd(model.parameters);
    await expect(trainEpoch(model, [samples], optimizer)).rejects.toThrow("the batch holds 50 samples; the model was made for 1 to 10");
    await expect(trainEpoch(model, [{ features: [1, 2], targets: [0], size: 1 }], optimizer)).rejects.toThrow(
      "the batch's features are 2 numbers; 1 samples × 3 need 3",
    );
  });
});

describe("ResidentSamples", () => {
  it("gives each row exactly once, in the order asked for", () => {
    const resident = new ResidentSamples(linalg, samples, softmaxCrossEntropy);
    const order = permutation(COUNT, randomStream(2, "shuffle"));
    const seen: number[][] = [];
    const sizes: number[] = [];
    for (const batch of resident.batches({ batchSize: 16, order })) {
      sizes.push(batch.size);
      for (let row = 0; row < batch.size; row += 1) {
        seen.push([...batch.features.data.subarray(row * 3, row * 3 + 3), batch.targets.data[row]]);
      }
    }
    expect(sizes).toEqual([16, 16, 16, 2]);
    expect(seen).toEqual(Array.from(order, (row) => [...features.subarray(row * 3, row * 3 + 3), targets[row]]));
  });
});

describe("initial weights", () => {
  it("depend on the seed and on the layer's place, not on the other layers", () => {
    const weights = (seed: number, units: number) => {
      const layers = [new Dense({ units }), new Dense({ units: 2 }), new Dense({ units: 3 })];
      return new Sequential(linalg, { inputs: 3, layers, loss: softmaxCrossEntropy, batchSize: 1, seed }).parameters.map(({ value }) => [
        ...value.data,
      ]);
    };
    expect(weights(0, 4)).toEqual(weights(0, 4));
    expect(weights(0, 4)[0]).not.toEqual(weights(1, 4)[0]);
    expect(weights(0, 4)[4]).toEqual(weights(0, 5)[4]);
  });

  it("are normal with He's deviation, and the biases 0", () => {
    const { parameters } = new Sequential(linalg, {
      inputs: 200,
      layers: [new Dense({ units: 300 })],
      loss: meanSquaredError,
      batchSize: 1,
    });
    const { data } = parameters[0].value;
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
    const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
    // Four standard errors: 0.1 / √60000 of the mean, 0.1 / √120000 of the deviation.
    expect(Math.abs(mean)).toBeLessThan(0.0017);
    expect(Math.abs(Math.sqrt(variance) - 0.1)).toBeLessThan(0.0012);
    expect(new Set(parameters[1].value.data)).toEqual(new Set([0]));
  });
});

it.each([0, -1, 1.5])("Dense refuses %d units", (units) => {
  expect(() => new Dense({ units })).toThrow(`Dense: units is ${units}; it must be a whole number of at least 1`);
});
