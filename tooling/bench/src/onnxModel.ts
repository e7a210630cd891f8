// ONNX files of one chain of operators, written field by field in protobuf's wire format: what the ONNX runtimes run.

/** A constant of the graph, `[rows × columns]` or, with one row and no columns, a vector. */
export interface OnnxConstant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

/** An operator: what it reads and what its one result is called. */
export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Whole numbers, such as `transA`. */
  readonly attributes?: Readonly<Record<string, number>>;
}

/** A chain from `input` to `output`; a width of "batch" is any. */
export interface OnnxGraph {
  readonly input: { readonly name: string; readonly shape: readonly (number | "batch")[] };
  readonly output: { readonly name: string; readonly shape: readonly (number | "batch")[] };
  readonly constants: readonly OnnxConstant[];
  readonly nodes: readonly OnnxNode[];
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Operators as they have been since 2019; every runtime of today knows them. */
const OPERATOR_SET = 13;
const FORMAT_VERSION = 7;
const FLOAT = 1;
const INT = 2;

/** The bytes of a model file. */
export function onnxModel({ input, output, constants, nodes }: OnnxGraph): Bytes {
  // Field numbers are those of onnx.proto.
  const graph = join([
    ...nodes.map((node) => field(1, nodeProto(node))),
    text(2, "graph"),
    ...constants.map((constant) => field(5, tensorProto(constant))),
    field(11, valueInfo(input)),
    field(12, valueInfo(output)),
  ]);
  return join([number(1, FORMAT_VERSION), field(7, graph), field(8, join([text(1, ""), number(2, OPERATOR_SET)]))]);
}

function nodeProto({ operator, inputs, output, attributes = {} }: OnnxNode): Bytes {
  const attribute = ([name, value]: [string, number]): Bytes => field(5, join([text(1, name), number(3, value), number(20, INT)]));
  return join([...inputs.map((name) => text(1, name)), text(2, output), text(4, operator), ...Object.entries(attributes).map(attribute)]);
}

function tensorProto({ name, shape, values }: OnnxConstant): Bytes {
  return join([...shape.map((width) => number(1, width)), number(2, FLOAT), text(8, name), field(9, new Uint8Array(values.buffer))]);
}

function valueInfo({ name, shape }: OnnxGraph["input"]): Bytes {
  const widths = shape.map((width) => field(1, width === "batch" ? text(2, width) : number(1, width)));
  return join([text(1, name), field(2, field(1, join([number(1, FLOAT), field(2, join(widths))])))]);
}

function number(id: number, value: number): Bytes {
  return join([varint(id << 3), varint(value)]);
}

function text(id: number, value: string): Bytes {
  return field(id, new TextEncoder().encode(value));
}

function field(id: number, content: Bytes): Bytes {
  return join([varint((id << 3) | 2), varint(content.length), content]);
}

// Seven bits a byte, the lowest first; all but the last have the high bit.
function varint(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}

function join(parts: readonly Bytes[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    joined.set(part, end);
    end += part.length;
  }
  return joined;
}
