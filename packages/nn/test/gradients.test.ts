// Backward against finite differences. The inputs are smooth: a relu whose input lies within ε of 0 would disagree by
// design, so relu's weights are set such that none does.
import { createLinalg, type Linalg } from "@downhill/linalg";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type ArrayBatch,
  binaryCrossEntropyOfValues,
  Dense,
  Gelu,
  gradientCheck,
  huber,
  type LayerDescription,
  LeakyRelu,
  type Loss,
  meanSquaredError,
  normal,
  Relu,
  Sequential,
  Sigmoid,
  softmaxCrossEntropy,
  Tanh,
} from "../src/index.ts";

let linalg: Linalg;
beforeAll(async () => {
  linalg = await createLinalg({ threads: 1 });
});

const init = normal({ stddev: 0.7 });

function batchOf(size: number, inputs: number, loss: Loss, outputs: number): ArrayBatch {
  const features = Array.from({ length: size * inputs }, (_, index) => Math.fround(Math.sin(index * 1.7 + 0.3)));
  const targets =
    loss.targets === "classes"
      ? Array.from({ length: size }, (_, index) => (index * 5) % outputs)
      : Array.from({ length: size * outputs }, (_, index) => (loss.range === undefined ? Math.cos(index) : (1 + Math.cos(index)) / 2));
  return { features, targets, size };
}

function worstError(layers: LayerDescription[], loss: Loss, size: number, inputs: number, seed = 0): number {
  const model = new Sequential(linalg, { inputs, layers, loss, batchSize: size, seed });
  const errors = gradientCheck(model, batchOf(size, inputs, loss, model.outputs));
  expect(errors).toHaveLength(model.parameters.length);
  return Math.max(...errors.map(({ relativeError }) => relativeError));
}

describe.each([softmaxCrossEntropy, meanSquaredError, binaryCrossEntropyOfValues, huber()])("$name", (loss) => {
  it.each([1, 3, 4, 5, 8, 9])("Dense of %d units", (units) => {
    expect(worstError([new Dense({ units: Math.max(2, units), init })], loss, 5, units)).toBeLessThan(2e-3);
  });

  it.each([1, 2, 7])("Dense with tanh, and Tanh as a layer, %d samples", (size) => {
    const layers = [
      new Dense({ units: 6, activation: "tanh", init }),
      new Dense({ units: 5, init }),
      new Tanh(),
      new Dense({ units: 3, init }),
    ];
    expect(worstError(layers, loss, size, 4)).toBeLessThan(2e-3);
  });

  it.each([
    ["gelu", new Gelu()],
    ["sigmoid", new Sigmoid()],
    [{ type: "leakyRelu", negativeSlope: 0.9 }, new LeakyRelu({ negativeSlope: 0.9 })],
  ] as const)("Dense with %s, and as a layer", (activation, layer) => {
    const layers = [new Dense({ units: 6, activation, init }), new Dense({ units: 5, init }), layer, new Dense({ units: 3, init })];
    // A kink of leakyRelu is a tenth of relu's.
    expect(worstError(layers, loss, 5, 4)).toBeLessThan(activation === "gelu" || activation === "sigmoid" ? 3e-3 : 3e-2);
  });

  it("Dense with relu, and Relu as a layer, away from the kink", () => {
    // Few samples and units leave the seeds below with no relu input within reach of 0; a kink would show as an error near 1.
    const layers = [
      new Dense({ units: 4, activation: "relu", init }),
      new Tanh(),
      new Dense({ units: 3, init }),
      new Relu(),
      new Dense({ units: 3, init }),
    ];
    const errors = [1, 2, 3, 4, 5].map((seed) => worstError(layers, loss, 2, 3, seed));
    expect(errors.toSorted((a, b) => a - b)[2]).toBeLessThan(2e-3);
  });
});

it("sees a wrong gradient", () => {
  const broken: Loss = {
    ...meanSquaredError,
    evaluate(output, targets, gradient, lossSum) {
      meanSquaredError.evaluate(output, targets, gradient, lossSum);
      gradient.data.forEach((value, index, all) => (all[index] = value * 1.05));
    },
  };
  expect(worstError([new Dense({ units: 2, init })], broken, 3, 2)).toBeGreaterThan(0.01);
});
