import { createLinalg } from "@downhill/linalg";
import { expect, it } from "vitest";
import {
  BatchNorm,
  Conv2D,
  Dense,
  Dropout,
  loadWeights,
  NnError,
  Sequential,
  softmaxCrossEntropy as loss,
  type Tensor,
  trainingTensors,
} from "../src/index.ts";

async function model(seed: number): Promise<Sequential> {
  const layers = [
    new Conv2D({ filters: 3, kernelSize: 2 }),
    new BatchNorm(),
    new Dropout({ rate: 0.5 }),
    new Dense({ units: 4 }),
    new Dense({ units: 2 }),
  ];
  return new Sequential(await createLinalg({ threads: 1 }), { inputs: [4, 4, 2], layers, loss, batchSize: 1, seed });
}

/** What a model of another seed has, its averages and biases too. */
async function others(): Promise<Tensor[]> {
  return trainingTensors(await model(2)).map((tensor, index) => ({ ...tensor, data: tensor.data.map((value) => value + index) }));
}

const named = (tensors: readonly Tensor[], name: string): Tensor => tensors.find((tensor) => tensor.name === name) as Tensor;

it("takes parameters and averages by name, in any order, and nothing else", async () => {
  const [one, tensors] = [await model(1), await others()];
  const { set, kept, unused } = loadWeights(one, [...tensors.toReversed(), { name: "else", shape: [1], data: Float32Array.of(1) }]);
  expect(set).toEqual(tensors.filter(({ data }) => data instanceof Float32Array).map(({ name }) => name));
  expect(kept).toEqual([]);
  expect(unused.toSorted()).toEqual(["dropout_1/position", "else"]);
  const now = trainingTensors(one);
  for (const name of set) expect(named(now, name)).toEqual(named(tensors, name));
  expect(named(now, "dropout_1/position").data[0]).toBe(0);
});

it("takes the layers that are asked for, and leaves the others", async () => {
  const [one, tensors] = [await model(1), await others()];
  const before = trainingTensors(one);
  const wanted = ["conv2d_1/weights", "conv2d_1/biases", "dense_1/weights", "dense_1/biases"];
  expect(loadWeights(one, tensors, { layers: ["conv2d_1", "dense_1"] }).set).toEqual(wanted);
  for (const { name, ...now } of trainingTensors(one))
    expect({ name, ...now }).toEqual(named(wanted.includes(name) ? tensors : before, name));
});

it("takes what is there, where a part is enough", async () => {
  const [one, tensors] = [await model(1), await others()];
  const { set, kept } = loadWeights(one, [named(tensors, "dense_1/biases")], { partial: true });
  expect([set, kept.length]).toEqual([["dense_1/biases"], 9]);
});

it("takes an array whose last axis is the matrix's, and f64 rounded", async () => {
  const [one, tensors] = [await model(1), await others()];
  const shapes: Record<string, number[]> = { "conv2d_1/weights": [2, 2, 2, 3], "dense_1/biases": [4] };
  const wide = tensors.map(({ name, shape, data }) => ({
    name,
    shape: shapes[name] ?? shape,
    data: Float64Array.from(data, (value) => value + 1e-12),
  }));
  loadWeights(one, wide);
  const now = trainingTensors(one);
  for (const name of Object.keys(shapes)) expect(named(now, name).data).toEqual(Float32Array.from(named(wide, name).data));
});

it("refuses what doesn't fit, names both shapes, and has set nothing", async () => {
  const [one, tensors] = [await model(1), await others()];
  const before = trainingTensors(one);
  const reshaped = (name: string, shape: number[]): Tensor[] =>
    tensors.map((tensor) =>
      tensor.name === name ? { name, shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) } : tensor,
    );
  const fault = (given: readonly Tensor[], options = {}): string => {
    try {
      loadWeights(one, given, options);
    } catch (error) {
      expect(error).toBeInstanceOf(NnError);
      return (error as NnError).message;
    }
    return "";
  };
  expect(fault(reshaped("dense_2/weights", [4, 3]))).toBe("dense_2/weights is 4 × 3 among the tensors; the model has 4 × 2");
  // As many numbers, the other way about.
  expect(fault(reshaped("dense_2/weights", [2, 4]), { partial: true })).toBe(
    "dense_2/weights is 2 × 4 among the tensors; the model has 4 × 2",
  );
  expect(fault(reshaped("dense_2/biases", []))).toBe("dense_2/biases is one number among the tensors; the model has 1 × 2");
  expect(fault(tensors.slice(1))).toMatch(/^conv2d_1\/weights is not among the tensors \(conv2d_1\/biases, .* and \d more\)/);
  expect(fault(tensors, { layers: ["dense_3"] })).toBe(
    'the model has no layer "dense_3" with weights; those that have some are conv2d_1, batchNorm_1, dense_1, dense_2',
  );
  expect(fault([], { partial: true })).toMatch(/^none of the tensors \(none\) is called as the model's weights \(conv2d_1\/weights, /);
  expect(trainingTensors(one)).toEqual(before);
});
