import { expect, it } from "vitest";
import { onnxModel } from "../src/onnxModel.ts";

type Field = readonly [id: number, value: number | Uint8Array];

// Protobuf's wire format, read back by its specification.
function fields(bytes: Uint8Array): Field[] {
  const found: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const value = varint();
    if (key % 8 === 0) found.push([key >> 3, value]);
    else {
      expect(key % 8).toBe(2);
      found.push([key >> 3, bytes.slice(at, at + value)]);
      at += value;
    }
  }
  expect(at).toBe(bytes.length);
  return found;
}

const all = (bytes: Uint8Array, ...path: number[]): (number | Uint8Array)[] =>
  path.reduce<(number | Uint8Array)[]>(
    (values, id) => values.flatMap((value) => fields(value as Uint8Array).flatMap(([own, inner]) => (own === id ? [inner] : []))),
    [bytes],
  );
const texts = (bytes: Uint8Array, ...path: number[]): string[] =>
  all(bytes, ...path).map((value) => new TextDecoder().decode(value as Uint8Array));

const values = Float32Array.from({ length: 600 }, (_, index) => index / 8);
const model = onnxModel({
  input: { name: "x", shape: ["batch", 300] },
  output: { name: "y", shape: ["batch", 2] },
  constants: [{ name: "w", shape: [300, 2], values }],
  nodes: [
    { operator: "Gemm", inputs: ["x", "w"], output: "z", attributes: { transA: 0, transB: 1 } },
    { operator: "Relu", inputs: ["z"], output: "y" },
  ],
});

// Numbers are those of onnx.proto: ModelProto 1, 7, 8; GraphProto 1, 5, 11, 12; NodeProto 1, 2, 4, 5; TensorProto 1, 2, 8, 9.
it("writes version and operator set", () => {
  expect(all(model, 1)).toEqual([7]);
  expect(all(model, 8, 2)).toEqual([13]);
});

it("writes the nodes, with their attributes", () => {
  expect(texts(model, 7, 1, 4)).toEqual(["Gemm", "Relu"]);
  expect(texts(model, 7, 1, 1)).toEqual(["x", "w", "z"]);
  expect(texts(model, 7, 1, 2)).toEqual(["z", "y"]);
  expect(texts(model, 7, 1, 5, 1)).toEqual(["transA", "transB"]);
  expect(all(model, 7, 1, 5, 3)).toEqual([0, 1]);
  expect(all(model, 7, 1, 5, 20)).toEqual([2, 2]);
});

it("writes the constants, little-endian", () => {
  expect(texts(model, 7, 5, 8)).toEqual(["w"]);
  expect(all(model, 7, 5, 1)).toEqual([300, 2]);
  expect(all(model, 7, 5, 2)).toEqual([1]);
  const [raw] = all(model, 7, 5, 9) as Uint8Array[];
  const view = new DataView(raw.buffer);
  expect(Array.from(values, (_, index) => view.getFloat32(4 * index, true))).toEqual(Array.from(values));
});

it("writes the shapes of input and output, of any batch", () => {
  expect([...texts(model, 7, 11, 1), ...texts(model, 7, 12, 1)]).toEqual(["x", "y"]);
  expect(texts(model, 7, 11, 2, 1, 2, 1, 2)).toEqual(["batch"]);
  expect([...all(model, 7, 11, 2, 1, 2, 1, 1), ...all(model, 7, 12, 2, 1, 2, 1, 1)]).toEqual([300, 2]);
});
