// An ONNX file as a graph that grows node by node: values are known by their names, which are given out here. Field numbers are
// those of ONNX's onnx.proto.
import { floatBytes, Message } from "./Message.ts";

/** What an attribute of a node may be: text and texts, whole numbers as they are, f32 where `float` says so. */
export type OnnxAttribute =
  | number
  | readonly number[]
  | readonly string[]
  | { readonly float: number }
  | { readonly floats: readonly number[] };

/** The name of a value in a graph: an input, a constant or what a node gives. */
export type OnnxValue = string;

/** An input or output of a model: rows of so many numbers or texts. */
export interface OnnxPort {
  readonly name: string;
  readonly type: "float" | "string";
  /** Columns of a row. */
  readonly width: number;
}

/** Who made a file, and what else it says. */
export interface OnnxFileOptions {
  readonly producer: { readonly name: string; readonly version: string };
  /** Free text by key; readers show it and don't interpret it. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Operators as they have been since 2020: ONNX 1.8 and every runtime since have this set. */
const OPERATOR_SET = 13;
/** Of ai.onnx.ml, whose LabelEncoder takes texts to numbers since this version. */
const ML_OPERATOR_SET = 2;
const ML_DOMAIN = "ai.onnx.ml";
const FORMAT_VERSION = 8;
/** The one size of all inputs and outputs that is left open. */
const ROWS = "N";

const ELEMENT = { float: 1, int64: 7, string: 8 } as const;
const ATTRIBUTE = { float: 1, integer: 2, floats: 6, integers: 7, strings: 8 } as const;

/** A graph under construction; `encode` gives the file. */
export class OnnxGraph {
  readonly inputs: OnnxPort[] = [];
  readonly outputs: OnnxPort[] = [];
  readonly #nodes: Message[] = [];
  readonly #constants: Message[] = [];
  readonly #names = new Map<string, number>();
  #usesMl = false;

  /** A new input `[N × width]`. */
  input(port: OnnxPort): OnnxValue {
    this.inputs.push(port);
    return this.#named(port.name);
  }

  /** Makes `value` `[N × width]` an output. */
  output(port: OnnxPort, value: OnnxValue): void {
    this.outputs.push(port);
    this.#nodes.push(nodeMessage({ type: "Identity", inputs: [value], output: this.#named(port.name), attributes: {} }));
  }

  /** A tensor of f32 in row-major order; of one number without a shape. */
  floats(name: string, values: ArrayLike<number>, shape: readonly number[] = [values.length]): OnnxValue {
    return this.#constant(name, shape, ELEMENT.float, floatBytes(values));
  }

  /** A vector of whole numbers: shapes, indices. */
  integers(name: string, values: readonly number[]): OnnxValue {
    const bytes = new Uint8Array(values.length * 8);
    const view = new DataView(bytes.buffer);
    values.forEach((value, index) => view.setBigInt64(index * 8, BigInt(value), true));
    return this.#constant(name, [values.length], ELEMENT.int64, bytes);
  }

  /** What an operator gives for `inputs`; of the domain ai.onnx.ml where its name says so: `ai.onnx.ml/LabelEncoder`. */
  node(operator: string, inputs: readonly OnnxValue[], attributes: Readonly<Record<string, OnnxAttribute>> = {}): OnnxValue {
    const isMl = operator.startsWith(`${ML_DOMAIN}/`);
    const type = isMl ? operator.slice(ML_DOMAIN.length + 1) : operator;
    const output = this.#named(type.toLowerCase());
    this.#usesMl ||= isMl;
    this.#nodes.push(nodeMessage({ type, inputs, output, attributes, ...(isMl && { domain: ML_DOMAIN }) }));
    return output;
  }

  /** The bytes of the file. Throws an NnError if they are more than protobuf's 2 GB. */
  encode({ producer, metadata = {} }: OnnxFileOptions): Uint8Array<ArrayBuffer> {
    const graph = new Message();
    for (const node of this.#nodes) graph.message(1, node);
    graph.text(2, producer.name);
    for (const constant of this.#constants) graph.message(5, constant);
    for (const port of this.inputs) graph.message(11, portMessage(port));
    for (const port of this.outputs) graph.message(12, portMessage(port));
    const model = new Message().integer(1, FORMAT_VERSION).text(2, producer.name).text(3, producer.version).message(7, graph);
    model.message(8, new Message().text(1, "").integer(2, OPERATOR_SET));
    if (this.#usesMl) model.message(8, new Message().text(1, ML_DOMAIN).integer(2, ML_OPERATOR_SET));
    for (const [key, value] of Object.entries(metadata)) model.message(14, new Message().text(1, key).text(2, value));
    return model.encode();
  }

  #constant(name: string, shape: readonly number[], element: number, bytes: Uint8Array): OnnxValue {
    const unique = this.#named(name);
    const message = new Message();
    for (const size of shape) message.integer(1, size);
    this.#constants.push(message.integer(2, element).text(8, unique).bytes(9, bytes));
    return unique;
  }

  // The name itself if it is free, else with a number: `relu`, `relu_2`.
  #named(name: string): OnnxValue {
    const count = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, count);
    return count === 1 ? name : this.#named(`${name}_${count}`);
  }
}

interface Node {
  readonly type: string;
  readonly domain?: string;
  readonly inputs: readonly OnnxValue[];
  readonly output: OnnxValue;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

function nodeMessage({ type, domain, inputs, output, attributes }: Node): Message {
  const message = new Message();
  for (const input of inputs) message.text(1, input);
  message.text(2, output).text(3, output).text(4, type);
  for (const [name, value] of Object.entries(attributes)) message.message(5, attributeMessage(name, value));
  return domain === undefined ? message : message.text(7, domain);
}

function attributeMessage(name: string, value: OnnxAttribute): Message {
  const message = new Message().text(1, name);
  if (typeof value === "number") return message.integer(3, value).integer(20, ATTRIBUTE.integer);
  if ("float" in value) return message.float(2, value.float).integer(20, ATTRIBUTE.float);
  if ("floats" in value) return message.floats(7, value.floats).integer(20, ATTRIBUTE.floats);
  if (isTexts(value)) {
    for (const text of value) message.text(9, text);
    return message.integer(20, ATTRIBUTE.strings);
  }
  for (const integer of value) message.integer(8, integer);
  return message.integer(20, ATTRIBUTE.integers);
}

function isTexts(value: readonly number[] | readonly string[]): value is readonly string[] {
  return typeof value[0] === "string";
}

function portMessage({ name, type, width }: OnnxPort): Message {
  const shape = new Message().message(1, new Message().text(2, ROWS)).message(1, new Message().integer(1, width));
  return new Message().text(1, name).message(2, new Message().message(1, new Message().integer(1, ELEMENT[type]).message(2, shape)));
}
