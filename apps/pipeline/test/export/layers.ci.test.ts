// Every layer, activation and loss in onnxruntime-web: its outputs are those of our forward pass to 1e-5 of the greatest one.
import { createLinalg, type Linalg } from "@downhill/linalg";
import {
  encodeOnnx,
  type LayerConfig,
  layerFromConfig,
  loadTrainingTensors,
  type LossConfig,
  lossFromConfig,
  predict,
  Sequential,
  type Shape,
  sizeOf,
  trainingTensors,
} from "@downhill/nn";
import { type RandomStream, randomStream } from "@downhill/random";
import { beforeEach, describe, expect, it } from "vitest";
import { relativeDifference, TOLERANCE } from "../../src/export/verifyOnnx.ts";
import { onnxRuntime } from "./onnxRuntime.ts";

const runtime = await onnxRuntime();
const ROWS = 5;

interface Case {
  readonly inputs: Shape;
  readonly layers: readonly LayerConfig[];
  readonly loss?: LossConfig;
}

// A memory for each model: it is never given back.
let linalg: Linalg;
beforeEach(async () => {
  linalg = await createLinalg({ threads: 1 });
});

async function difference(
  { inputs, layers: configs, loss: lossConfig = "meanSquaredError" }: Case,
  stream: RandomStream,
  rows = ROWS,
): Promise<number> {
  const layers = configs.map(layerFromConfig);
  const loss = lossFromConfig(lossConfig);
  const model = new Sequential(linalg, { inputs, layers, loss, batchSize: rows });
  // Weights in the range of initial ones; all else, which begins as 0 or 1, anywhere.
  const tensors = trainingTensors(model).map((tensor) => {
    if (tensor.data instanceof Float64Array || tensor.name.endsWith("/weights")) return tensor;
    const least = tensor.name.endsWith("/variance") ? 0.1 : -1;
    return { ...tensor, data: tensor.data.map(() => least + 2 * stream.uniform()) };
  });
  loadTrainingTensors(model, undefined, tensors);
  const features = Float32Array.from({ length: rows * sizeOf(inputs) }, () => 4 * stream.uniform() - 2);
  const expected = predict(model, features, rows);
  const bytes = encodeOnnx({ inputs, layers, loss, tensors }, { producer: { name: "test", version: "0" } });
  const found = await runtime?.run(bytes, rows, [{ name: "features", type: "float", width: sizeOf(inputs), values: features }]);
  expect(expected.some((value) => value !== expected[0])).toBe(true);
  return relativeDifference(expected, found ?? new Float32Array());
}

const end: LayerConfig = { type: "dense", units: 4 };
const activations = ["relu", "tanh", "leakyRelu", "gelu", "sigmoid"] as const;

const layers: readonly (readonly [string, Case])[] = [
  ["dense", { inputs: [13], layers: [{ type: "dense", units: 7 }, end] }],
  ["dense on images", { inputs: [3, 5, 2], layers: [end] }],
  ["conv2d", { inputs: [9, 8, 3], layers: [{ type: "conv2d", filters: 5, kernelSize: 3 }] }],
  [
    "conv2d, same, strides",
    { inputs: [9, 8, 3], layers: [{ type: "conv2d", filters: 5, kernelSize: [2, 5], strides: [2, 3], padding: "same" }, end] },
  ],
  [
    "conv2d after conv2d",
    { inputs: [8, 8, 1], layers: [{ type: "conv2d", filters: 2, kernelSize: 3 }, { type: "conv2d", filters: 3, kernelSize: 2 }, end] },
  ],
  ["maxPool2d", { inputs: [7, 6, 3], layers: [{ type: "maxPool2d" }, { type: "flatten" }, end] }],
  ["maxPool2d, same", { inputs: [7, 6, 3], layers: [{ type: "maxPool2d", poolSize: 3, strides: 2, padding: "same" }, end] }],
  ["averagePool2d", { inputs: [7, 6, 3], layers: [{ type: "averagePool2d" }, end] }],
  ["averagePool2d, same", { inputs: [7, 6, 3], layers: [{ type: "averagePool2d", poolSize: [3, 2], strides: 1, padding: "same" }, end] }],
  ["flatten of images", { inputs: [4, 3, 2], layers: [{ type: "flatten" }, end] }],
  ["dropout", { inputs: [6], layers: [{ type: "dropout", rate: 0.9 }, end] }],
  ["batchNorm of rows", { inputs: [6], layers: [{ type: "batchNorm", epsilon: 0.01 }, end] }],
  [
    "batchNorm of images",
    { inputs: [4, 3, 2], layers: [{ type: "batchNorm" }, { type: "conv2d", filters: 3, kernelSize: 2 }, { type: "batchNorm" }] },
  ],
  [
    "a network of all",
    {
      inputs: [12, 12, 2],
      layers: [
        { type: "conv2d", filters: 6, kernelSize: 3, padding: "same", activation: "relu" },
        { type: "batchNorm" },
        { type: "maxPool2d" },
        { type: "conv2d", filters: 4, kernelSize: 3, activation: "gelu" },
        { type: "averagePool2d" },
        { type: "dropout", rate: 0.5 },
        { type: "flatten" },
        { type: "dense", units: 16, activation: "tanh" },
        { type: "batchNorm" },
        { type: "dense", units: 3, activation: "softmax" },
      ],
      loss: "softmaxCrossEntropy",
    },
  ],
];

const losses: readonly (readonly [string, LossConfig, number])[] = [
  ["softmaxCrossEntropy", { type: "softmaxCrossEntropy", labelSmoothing: 0.1 }, 4],
  ["binaryCrossEntropy", "binaryCrossEntropy", 1],
  ["binaryCrossEntropy of values", { type: "binaryCrossEntropy", targets: "values" }, 3],
  ["meanSquaredError", "meanSquaredError", 3],
  ["meanAbsoluteError", "meanAbsoluteError", 3],
  ["huber", { type: "huber", delta: 2 }, 3],
];

describe.skipIf(runtime === undefined)("in onnxruntime-web", () => {
  it.each(layers)("%s", async (_, network) => {
    expect(await difference(network, randomStream(1, "picks"))).toBeLessThanOrEqual(TOLERANCE);
  });

  it.each(activations)("%s, in a layer, after images and alone", async (type) => {
    const cases: Case[] = [
      { inputs: [9], layers: [{ type: "dense", units: 9, activation: type }, { type }] },
      {
        inputs: [6, 6, 2],
        layers: [{ type: "conv2d", filters: 3, kernelSize: 2, activation: type }, { type }, { type: "conv2d", filters: 2, kernelSize: 2 }],
      },
    ];
    for (const each of cases) expect(await difference(each, randomStream(2, "picks"))).toBeLessThanOrEqual(TOLERANCE);
  });

  it("leakyRelu with a slope of one's own", async () => {
    const own = { type: "leakyRelu", negativeSlope: 0.3 } as const;
    expect(
      await difference({ inputs: [9], layers: [{ type: "dense", units: 9, activation: own }, own] }, randomStream(3, "picks")),
    ).toBeLessThanOrEqual(TOLERANCE);
  });

  it.each(losses)("%s", async (_, loss, units) => {
    expect(await difference({ inputs: [6], layers: [{ type: "dense", units }], loss }, randomStream(4, "picks"))).toBeLessThanOrEqual(
      TOLERANCE,
    );
  });

  it("one row, and hundreds", async () => {
    const network: Case = {
      inputs: [6, 5, 2],
      layers: [{ type: "conv2d", filters: 3, kernelSize: 3 }, { type: "flatten" }, end],
      loss: "softmaxCrossEntropy",
    };
    for (const rows of [1, 300]) expect(await difference(network, randomStream(5, "picks"), rows)).toBeLessThanOrEqual(TOLERANCE);
  });

  it("windows of any size, at any strides", async () => {
    const stream = randomStream(6, "picks");
    const upTo = (greatest: number): number => 1 + Math.floor(stream.uniform() * greatest);
    const paddings = ["same", "valid"] as const;
    for (let round = 0; round < 60; round += 1) {
      const [height, width, channels] = [upTo(17), upTo(17), upTo(5)];
      const padding = paddings[round % 2];
      // Windows within the image, or at most as large as it.
      const window: [number, number] = [upTo(Math.min(height, 5)), upTo(Math.min(width, 5))];
      const strides: [number, number] = [upTo(4), upTo(4)];
      const layer: LayerConfig[] = [
        { type: "conv2d", filters: upTo(6), kernelSize: window, strides, padding },
        { type: "maxPool2d", poolSize: window, strides, padding },
        { type: "averagePool2d", poolSize: window, strides, padding },
      ];
      const first = layer[round % 3];
      const found = await difference({ inputs: [height, width, channels], layers: [first, { type: "dense", units: 3 }] }, stream);
      expect(found, `${height} × ${width} × ${channels}, ${JSON.stringify(first)}`).toBeLessThanOrEqual(TOLERANCE);
    }
  });
});

it("a difference is told relative to the greatest value", () => {
  const of = (a: readonly number[], b: readonly number[]): number => relativeDifference(Float32Array.from(a), Float32Array.from(b));
  expect(of([1, -4], [1.5, -4])).toBe(0.125);
  expect(of([Number.NaN, 2, Infinity], [Number.NaN, 2, Infinity])).toBe(0);
  expect(of([Number.NaN, 2], [0, 2])).toBe(Infinity);
  expect(of([2, 0], [2, Number.NaN])).toBe(Infinity);
  expect(of([0], [1])).toBe(Infinity);
  expect(of([1], [1, 1])).toBe(Infinity);
});
