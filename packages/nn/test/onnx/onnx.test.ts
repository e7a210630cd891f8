// ONNX files read back with protobufjs and ONNX's message definitions; what they compute is compared in onnxruntime-web, in the pipeline's tests.
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import protobuf from "protobufjs";
import { createLinalg } from "@downhill/linalg";
import { beforeAll, describe, expect, it } from "vitest";
import { Message } from "../../src/codecs/onnx/Message.ts";
import {
  type LayerConfig,
  type LayerDescription,
  encodeOnnx,
  layerFromConfig,
  type LossName,
  losses,
  NnError,
  OnnxGraph,
  Relu,
  Sequential,
  type Shape,
  type Tensor,
  trainingTensors,
} from "../../src/index.ts";

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly f?: number;
  readonly i?: number;
  readonly ints?: readonly number[];
  readonly floats?: readonly number[];
  readonly strings?: readonly Uint8Array[];
}
interface Node {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  readonly domain?: string;
  readonly attribute: readonly Attribute[];
}
interface Port {
  readonly name: string;
  readonly type: { readonly tensorType: { readonly elemType: number; readonly shape: { readonly dim: readonly object[] } } };
}
interface Model {
  readonly irVersion: number;
  readonly producerName: string;
  readonly producerVersion: string;
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[];
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
  readonly graph: {
    readonly node: readonly Node[];
    readonly initializer: readonly {
      readonly name: string;
      readonly dims: readonly number[];
      readonly dataType: number;
      readonly rawData: Uint8Array;
    }[];
    readonly input: readonly Port[];
    readonly output: readonly Port[];
  };
}

const producer = { name: "test", version: "1.2.3" };
const BYTES: Readonly<Record<number, number>> = { 1: 4, 7: 8 };

let type: protobuf.Type;
beforeAll(() => {
  type = protobuf.loadSync(fileURLToPath(new URL("onnx.proto", import.meta.url))).lookupType("onnx.ModelProto");
});

function read(bytes: Uint8Array): Model {
  const found = type.toObject(type.decode(bytes), { longs: Number, enums: String, arrays: true }) as Model;
  checkGraph(found);
  return found;
}

// What ONNX asks of every graph: one writer for each value, which stands before its readers; constants as large as their shapes.
function checkGraph({ graph }: Model): void {
  const known = new Set<string>();
  const define = (name: string): void => {
    expect(known).not.toContain(name);
    known.add(name);
  };
  for (const { name } of graph.input) define(name);
  for (const { name, dims, dataType, rawData } of graph.initializer) {
    define(name);
    expect([name, rawData.length]).toEqual([name, dims.reduce((product, size) => product * size, 1) * BYTES[dataType]]);
  }
  for (const { input, output } of graph.node) {
    for (const name of input) expect(known).toContain(name);
    for (const name of output) define(name);
  }
  for (const { name } of graph.output) expect(known).toContain(name);
}

async function parts(
  inputs: Shape,
  layers: readonly LayerDescription[],
  loss: LossName,
): Promise<{ inputs: Shape; layers: readonly LayerDescription[]; loss: (typeof losses)[LossName]; tensors: Tensor[] }> {
  const linalg = await createLinalg({ threads: 1 });
  const tensors = trainingTensors(new Sequential(linalg, { inputs, layers, loss: losses[loss], batchSize: 1 }));
  return { inputs, layers, loss: losses[loss], tensors };
}

async function model(inputs: Shape, configs: readonly LayerConfig[], loss: LossName): Promise<Model> {
  return read(encodeOnnx(await parts(inputs, configs.map(layerFromConfig), loss), { producer, metadata: { ä: "ö", empty: "" } }));
}

function operators({ graph }: Model): string[] {
  return graph.node.map(({ opType }) => opType);
}

describe("the file", () => {
  it("says its versions, its maker and its metadata", async () => {
    const { irVersion, producerName, producerVersion, opsetImport, metadataProps } = await model(
      [3],
      [{ type: "dense", units: 2 }],
      "softmaxCrossEntropy",
    );
    expect([irVersion, producerName, producerVersion]).toEqual([8, "test", "1.2.3"]);
    expect(opsetImport).toEqual([{ domain: "", version: 13 }]);
    expect(metadataProps).toEqual([
      { key: "ä", value: "ö" },
      { key: "empty", value: "" },
    ]);
  });

  it("takes any number of rows", async () => {
    const { graph } = await model([3], [{ type: "dense", units: 2 }], "softmaxCrossEntropy");
    const port = (name: string, width: number): object => ({
      name,
      type: { tensorType: { elemType: 1, shape: { dim: [{ dimParam: "N" }, { dimValue: width }] } } },
    });
    expect([graph.input, graph.output]).toEqual([[port("features", 3)], [port("predictions", 2)]]);
  });

  it("asks for ai.onnx.ml only where it is used, and holds texts as they are", () => {
    const graph = new OnnxGraph();
    const texts = graph.input({ name: "t", type: "string", width: 1 });
    const attributes = { keys_strings: ["a", "ä", ""], values_floats: { floats: [0, 1.5, Number.NaN] }, default_float: { float: -1 } };
    graph.output({ name: "y", type: "float", width: 1 }, graph.node("ai.onnx.ml/LabelEncoder", [texts], attributes));
    const { opsetImport, graph: found } = read(graph.encode({ producer }));
    expect(opsetImport[1]).toEqual({ domain: "ai.onnx.ml", version: 2 });
    expect(found.input[0].type.tensorType.elemType).toBe(8);
    const [{ opType, domain, attribute }] = found.node;
    expect([opType, domain]).toEqual(["LabelEncoder", "ai.onnx.ml"]);
    expect(attribute.map((each) => each.type)).toEqual(["STRINGS", "FLOATS", "FLOAT"]);
    expect(attribute[0].strings?.map((bytes) => new TextDecoder().decode(bytes))).toEqual(["a", "ä", ""]);
    expect([attribute[1].floats, attribute[2].f]).toEqual([[0, 1.5, Number.NaN], -1]);
  });

  it("gives every value a name of its own", () => {
    const graph = new OnnxGraph();
    const x = graph.input({ name: "relu", type: "float", width: 1 });
    const names = [x, graph.floats("relu_2", [1]), graph.node("Relu", [x]), graph.node("Relu", [x]), graph.floats("relu", [])];
    expect(new Set(names).size).toBe(names.length);
  });

  it("writes whole numbers of any size as protobuf reads them", () => {
    const numbers = protobuf
      .parse('syntax = "proto2"; message M { required uint64 a = 1; optional uint64 b = 536870911; }')
      .root.lookupType("M");
    const bits = fc
      .integer({ min: 0, max: 53 })
      .chain((width) => fc.integer({ min: 0, max: Math.min(2 ** width, Number.MAX_SAFE_INTEGER) }));
    fc.assert(
      fc.property(bits, bits, (a, b) => {
        const bytes = new Message().integer(1, a).integer(536870911, b).encode();
        expect(numbers.toObject(numbers.decode(bytes), { longs: Number })).toEqual({ a, b });
      }),
    );
  });
});

describe("layers", () => {
  it("become one operator each, images turned once on the way in and once on the way out", async () => {
    const layers: LayerConfig[] = [
      { type: "conv2d", filters: 4, kernelSize: 3, strides: 2, padding: "same", activation: "relu" },
      { type: "batchNorm" },
      { type: "maxPool2d" },
      { type: "dropout", rate: 0.5 },
      { type: "averagePool2d", poolSize: [1, 2], strides: 1 },
      { type: "flatten" },
      { type: "dense", units: 5, activation: { type: "leakyRelu", negativeSlope: 0.25 } },
      { type: "dense", units: 3, activation: "softmax" },
    ];
    const found = await model([9, 8, 2], layers, "softmaxCrossEntropy");
    const middle = ["Conv", "Relu", "BatchNormalization", "MaxPool", "AveragePool"];
    const end = ["Gemm", "LeakyRelu", "Gemm", "Softmax", "Identity"];
    expect(operators(found)).toEqual(["Reshape", "Transpose", ...middle, "Transpose", "Reshape", ...end]);
    const attributes = new Map(
      found.graph.node.map(({ opType, attribute }) => [opType, new Map(attribute.map((each) => [each.name, each]))]),
    );
    expect(attributes.get("Conv")?.get("kernel_shape")?.ints).toEqual([3, 3]);
    expect(attributes.get("Conv")?.get("strides")?.ints).toEqual([2, 2]);
    // 9 rows by 2 are 5, which reach 1 pixel beyond on both sides; 8 columns by 2 are 4, which reach 1 beyond the right only.
    expect(attributes.get("Conv")?.get("pads")?.ints).toEqual([1, 0, 1, 1]);
    expect(attributes.get("AveragePool")?.get("count_include_pad")?.i).toBe(0);
    expect(attributes.get("LeakyRelu")?.get("alpha")?.f).toBe(0.25);
    expect(attributes.get("Softmax")?.get("axis")?.i).toBe(1);
    expect(attributes.get("BatchNormalization")?.get("epsilon")?.f).toBeCloseTo(0.001, 8);
  });

  it("need no turning where an image has one channel", async () => {
    const found = await model(
      [4, 4, 1],
      [
        { type: "conv2d", filters: 1, kernelSize: 3 },
        { type: "dense", units: 1 },
      ],
      "meanSquaredError",
    );
    expect(operators(found)).toEqual(["Reshape", "Conv", "Reshape", "Gemm", "Identity"]);
  });

  it("have convolution weights by filter, channel, row and column", async () => {
    const { tensors, ...rest } = await parts(
      [3, 4, 2],
      [layerFromConfig({ type: "conv2d", filters: 3, kernelSize: [2, 3] })],
      "meanSquaredError",
    );
    const numbered = tensors.map((tensor) => ({ ...tensor, data: Float32Array.from(tensor.data, (_, index) => index) }));
    const { graph } = read(encodeOnnx({ ...rest, tensors: numbered }, { producer }));
    const weights = graph.initializer.find(({ name }) => name === "conv2d_1/weights");
    expect(weights?.dims).toEqual([3, 2, 2, 3]);
    const raw = weights?.rawData ?? new Uint8Array();
    const view = new DataView(raw.buffer, raw.byteOffset);
    let at = 0;
    for (let filter = 0; filter < 3; filter += 1)
      for (let channel = 0; channel < 2; channel += 1)
        for (let row = 0; row < 2; row += 1)
          for (let column = 0; column < 3; column += 1, at += 4)
            expect(view.getFloat32(at, true)).toBe(((row * 3 + column) * 2 + channel) * 3 + filter);
  });

  it("end as the loss says", async () => {
    const ends = await Promise.all(
      (["binaryCrossEntropy", "meanSquaredError", "meanAbsoluteError", "huber"] as const).map((loss) =>
        model([2], [{ type: "dense", units: 1 }], loss),
      ),
    );
    expect(ends.map(operators)).toEqual([
      ["Gemm", "Sigmoid", "Sub", "Concat", "Identity"],
      ...Array.from({ length: 3 }, () => ["Gemm", "Identity"]),
    ]);
    expect(ends[0].graph.output[0].type.tensorType.shape.dim[1]).toEqual({ dimValue: 2 });
  });
});

describe("what is refused", () => {
  it("tensors of another model", async () => {
    const right = await parts([3], [layerFromConfig({ type: "dense", units: 2 })], "softmaxCrossEntropy");
    const [weights] = right.tensors;
    expect(() => encodeOnnx({ ...right, tensors: [weights] }, { producer })).toThrow(
      new NnError("dense_1/biases is not among the tensors; they are of another model"),
    );
    const shorter = right.tensors.map((tensor) => ({ ...tensor, data: tensor.data.slice(1) }));
    expect(() => encodeOnnx({ ...right, tensors: shorter }, { producer })).toThrow(
      "dense_1/weights has 5 numbers among the tensors; expected 6 of f32",
    );
  });

  it("layers of one's own", async () => {
    class Doubled implements LayerDescription {
      readonly type = "doubled";
      output = (input: Shape): Shape => input;
      parameterCount = (): number => 0;
      flops = (): number => 0;
      build = (site: Parameters<Relu["build"]>[0]): ReturnType<Relu["build"]> => new Relu().build(site);
    }
    const right = await parts([3], [layerFromConfig({ type: "dense", units: 2 })], "softmaxCrossEntropy");
    expect(() => encodeOnnx({ ...right, layers: [...right.layers, new Doubled()] }, { producer })).toThrow(
      "doubled_1: layers of the type doubled have no form in ONNX",
    );
  });
});
