import { decodeSafetensors, encodeSafetensors, type Tensor } from "@downhill/nn";
import { expect, test } from "vitest";
import { decodeModel } from "../../src/model/decodeModel.ts";
import { encodeModel, type ModelFile } from "../../src/model/modelFile.ts";
import { PipelineError } from "../../src/PipelineError.ts";

const MODEL: ModelFile = {
  name: "flowers",
  layers: [
    { type: "dense", units: 2, activation: "tanh", init: { type: "normal", stddev: 0.1 } },
    { type: "relu" },
    { type: "dense", units: 2 },
  ],
  loss: "softmaxCrossEntropy",
  dialect: { delimiter: ";", header: false },
  preprocessing: {
    inputs: 1,
    scale: { type: "standard", mean: [0.1], deviation: [1 / 3] },
    classes: ["Käfer, schwarz", 'said "bee"'],
    label: { index: 1, name: "kind" },
  },
  epochs: 7,
  tensors: [
    { name: "dense_1/weights", shape: [1, 2], data: Float32Array.of(1.5, -0) },
    { name: "dense_1/biases", shape: [1, 2], data: Float32Array.of(Number.MIN_VALUE, 3.4e38) },
  ],
};

const METADATA = decodeSafetensors(encodeModel(MODEL)).metadata;

const refusal = (bytes: Uint8Array): PipelineError => {
  try {
    decodeModel(bytes, "run/model.safetensors");
  } catch (error) {
    if (error instanceof PipelineError) return error;
    throw error;
  }
  throw new Error("the model was accepted");
};

// The same model with other metadata, and without a hash, as models were once written; undefined takes a key away.
const withMetadata = (changes: Readonly<Record<string, string | undefined>>): Uint8Array => {
  const entries = Object.entries({ ...METADATA, sha256: undefined, formatVersion: "1", ...changes }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value]],
  );
  return encodeSafetensors({ tensors: MODEL.tensors, metadata: Object.fromEntries(entries) as Record<string, string> });
};

test("what is encoded is decoded, bit by bit", () => {
  const decoded = decodeModel(encodeModel(MODEL), "x");
  expect(decoded).toEqual(MODEL);
  const bytesOf = ({ data: { buffer, byteOffset, byteLength } }: Tensor): number[] => [...new Uint8Array(buffer, byteOffset, byteLength)];
  expect(decoded.tensors.map(bytesOf)).toEqual(MODEL.tensors.map(bytesOf));
});

test("a model without a hash, as earlier versions wrote it, is read", () => {
  expect(decodeModel(withMetadata({}), "x")).toEqual(MODEL);
});

test.each([
  ["regression", { inputs: 1 }],
  ["images", { inputs: 1, scale: { type: "divide", by: 255 }, image: { width: 1, height: 1 } }],
  [
    "columns and scaled values",
    {
      inputs: 3,
      featureNames: ["sex=f", "sex=m", "age"],
      table: {
        width: 5,
        columns: [
          { index: 1, name: "sex", type: "category", missing: { constant: "m" }, unknown: "error", categories: ["f", "m"], fill: "m" },
          { index: 4, name: "age", type: "number", missing: "mean", unknown: "ignore", fill: 1 / 3 },
        ],
      },
      target: { mean: [2e5], deviation: 1e5 / 3 },
    },
  ],
  ["minmax", { inputs: 1, scale: { type: "minmax", minimum: [0], maximum: [2] }, label: { index: 0 } }],
] satisfies [string, ModelFile["preprocessing"]][])("what is done to the data is kept: %s", (_, preprocessing) => {
  const model: ModelFile = { ...MODEL, loss: "meanSquaredError", preprocessing };
  expect(decodeModel(encodeModel(model), "x")).toEqual(model);
});

test("other readers of safetensors find class names, layers and data options in the metadata", () => {
  expect(JSON.parse(METADATA["classes"])).toEqual(MODEL.preprocessing.classes);
  expect(JSON.parse(METADATA["layers"])).toEqual(MODEL.layers);
  expect(JSON.parse(METADATA["data"])).toMatchObject({ inputs: 1, scale: { type: "standard" } });
});

test.each([
  ["nothing", new Uint8Array()],
  ["text", new TextEncoder().encode("this is not a model, but it is long enough")],
  ["a model cut short", encodeModel(MODEL).subarray(0, -1)],
  ["half a model", encodeModel(MODEL).subarray(0, 100)],
  ["another tool's safetensors", encodeSafetensors({ tensors: MODEL.tensors, metadata: { format: "pt" } })],
  ["safetensors without metadata", encodeSafetensors({ tensors: MODEL.tensors, metadata: {} })],
  ["a later version of ours", withMetadata({ formatVersion: "3" })],
  ["one of ours that has lost its hash", withMetadata({ formatVersion: "2" })],
])("%s is refused with exit code 4", (_, bytes) => {
  const { exitCode, message } = refusal(bytes);
  expect(exitCode).toBe(4);
  expect(message).toMatch(/^run\/model\.safetensors: \S/);
  expect(message).not.toMatch(/undefined|Cannot read/);
});

test.each([
  ["layers", undefined],
  ["layers", "{"],
  ["layers", "[]"],
  ["layers", '[{ "type": "convolution" }]'],
  ["layers", '[{ "type": "dense", "units": 0 }]'],
  ["loss", undefined],
  ["loss", "hinge"],
  ["loss", "constructor"],
  ["data", undefined],
  ["data", "null"],
  ["data", "{}"],
  ["data", '{ "inputs": 0 }'],
  ["data", '{ "inputs": 2, "scale": { "type": "standard", "mean": [1], "deviation": [1] } }'],
  ["data", '{ "inputs": 1, "scale": { "type": "logarithm" } }'],
  ["data", '{ "inputs": 1, "classes": "abc" }'],
  ["data", '{ "inputs": 1, "table": { "width": 1, "columns": [] } }'],
  [
    "data",
    '{ "inputs": 1, "table": { "width": 1, "columns": [{ "index": 0, "type": "date", "missing": "error", "unknown": "ignore" }] } }',
  ],
  [
    "data",
    '{ "inputs": 2, "table": { "width": 1, "columns": [{ "index": 0, "type": "number", "missing": "error", "unknown": "ignore" }] } }',
  ],
  ["data", '{ "inputs": 1, "target": { "mean": [0], "deviation": 0 } }'],
  ["epochs", "many"],
])("metadata whose %s is %s is refused with exit code 4, by its name", (key, value) => {
  const { exitCode, message } = refusal(withMetadata({ [key]: value }));
  expect(exitCode).toBe(4);
  expect(message).toContain(`its metadata is broken: ${key}`);
});
