// Preprocessing as ONNX operators: a row as the user's data holds it → the features that the model sees. All of it is in f32, which every
// runtime has on every device, and as exact as our f64: see `scaled`.
import { type FittedColumn, MISSING_MARKERS, type Preprocessing, type Scale, widthOf } from "@downhill/data";
import type { OnnxGraph, OnnxValue } from "@downhill/nn";
import { type InputPort, inputPorts } from "./inputPorts.ts";

/** ONNX's number for f32 among the types of elements. */
const FLOAT = 1;

/** What stands for a category that training had not, where that is no error: it is none of them. */
const NONE = -1;

/** What preprocessing comes to in a graph. */
export interface PreprocessedRows {
  readonly ports: readonly InputPort[];
  /** `[N × inputs]`. */
  readonly features: OnnxValue;
  /** `[N × 1]`, true for rows that `predict` refuses: with a value that is missing, or a category that is unknown, where that is an error. */
  readonly refused?: OnnxValue;
}

/** Writes inputs and preprocessing. */
export function preprocessingNodes(graph: OnnxGraph, preprocessing: Preprocessing): PreprocessedRows {
  const { table, scale } = preprocessing;
  const ports = inputPorts(preprocessing);
  const values = ports.map((port) => graph.input(port));
  if (table === undefined) return { ports, features: scaled(graph, scale, values[0]) };
  const { columns } = table;
  const numberPort = ports.findIndex(({ type }) => type === "float");
  const textPort = ports.findIndex(({ type }) => type === "string");
  const numbers =
    numberPort < 0
      ? undefined
      : filled(
          graph,
          values[numberPort],
          ports[numberPort].places.map((place) => columns[place]),
        );
  const texts = textPort < 0 ? [] : ports[textPort].places.map((place, index) => code(graph, values[textPort], index, columns[place]));
  const parts = columns.map((column, place): Part => {
    if (column.type === "number") return { number: ports[numberPort].places.indexOf(place) };
    return { value: oneHot(graph, texts[ports[textPort].places.indexOf(place)], widthOf(column)) };
  });
  const encoded = textPort < 0 ? (numbers as OnnxValue) : join(graph, partsInOrder(graph, numbers, parts));
  const mayRefuse = columns.some(refuses);
  const codes = [...(numbers === undefined ? [] : [numbers]), ...texts];
  return { ports, features: scaled(graph, scale, encoded), ...(mayRefuse && { refused: anyNaN(graph, join(graph, codes)) }) };
}

/** A column of the encoded rows: one of the numbers, or a category's features. */
type Part = { readonly number: number } | { readonly value: OnnxValue };

// NaN is missing; what stands in for it, or NaN again where nothing does.
function filled(graph: OnnxGraph, numbers: OnnxValue, columns: readonly FittedColumn[]): OnnxValue {
  const fill = columns.map((column) => Number(column.fill));
  if (fill.every(Number.isNaN)) return numbers;
  return graph.node("Where", [graph.node("IsNaN", [numbers]), graph.floats("fill", fill), numbers]);
}

// A text's category by its index, NONE, or NaN for what is refused: `[N × 1]`.
function code(graph: OnnxGraph, texts: OnnxValue, index: number, column: FittedColumn): OnnxValue {
  const { categories = [], fill } = column;
  const unknown = column.unknown === "error" ? Number.NaN : NONE;
  const found = categories.indexOf(String(fill));
  const missing = fill === undefined ? Number.NaN : found < 0 ? unknown : found;
  const attributes = {
    keys_strings: [...categories, ...MISSING_MARKERS],
    values_floats: { floats: [...categories.keys(), ...MISSING_MARKERS.map(() => missing)] },
    default_float: { float: unknown },
  };
  return graph.node("ai.onnx.ml/LabelEncoder", [gather(graph, texts, [index])], attributes);
}

function oneHot(graph: OnnxGraph, codes: OnnxValue, width: number): OnnxValue {
  const categories = graph.floats(
    "categories_of",
    Array.from({ length: width }, (_, index) => index),
    [1, width],
  );
  return graph.node("Cast", [graph.node("Equal", [codes, categories])], { to: FLOAT });
}

// Numbers that stand side by side are taken together.
function partsInOrder(graph: OnnxGraph, numbers: OnnxValue | undefined, parts: readonly Part[]): OnnxValue[] {
  const values: OnnxValue[] = [];
  let waiting: number[] = [];
  const take = (): void => {
    if (waiting.length > 0) values.push(gather(graph, numbers as OnnxValue, waiting));
    waiting = [];
  };
  for (const part of parts) {
    if ("number" in part) {
      waiting.push(part.number);
    } else {
      take();
      values.push(part.value);
    }
  }
  take();
  return values;
}

function refuses({ type, fill, unknown }: FittedColumn): boolean {
  if (fill === undefined) return true;
  return type === "category" && unknown === "error";
}

function anyNaN(graph: OnnxGraph, codes: OnnxValue): OnnxValue {
  const missing = graph.node("Cast", [graph.node("IsNaN", [codes])], { to: FLOAT });
  const any = graph.node("ReduceMax", [missing], { axes: [1], keepdims: 1 });
  return graph.node("Greater", [any, graph.floats("none", [0], [])]);
}

// (x − offset) / width. The offset is split into two f32: its own rounding, which would be lost where all of a column lies close to it, comes
// off after the difference, which is exact there.
function scaled(graph: OnnxGraph, scale: Scale | undefined, features: OnnxValue): OnnxValue {
  if (scale === undefined) return features;
  if (scale.type === "divide") return graph.node("Div", [features, graph.floats("by", [scale.by], [])]);
  const offsets = scale.type === "standard" ? scale.mean : scale.minimum;
  const widths = scale.type === "standard" ? scale.deviation : scale.maximum.map((maximum, place) => maximum - scale.minimum[place]);
  const rest = offsets.map((offset) => offset - Math.fround(offset));
  let moved = features;
  if (offsets.some((offset) => offset !== 0)) moved = graph.node("Sub", [moved, graph.floats("offset", offsets)]);
  if (rest.some((part) => part !== 0)) moved = graph.node("Sub", [moved, graph.floats("offset_rest", rest)]);
  const divisors = widths.map((width) => width || 1);
  return graph.node("Div", [moved, graph.floats("width", divisors)]);
}

function gather(graph: OnnxGraph, value: OnnxValue, places: readonly number[]): OnnxValue {
  return graph.node("Gather", [value, graph.integers("columns", places)], { axis: 1 });
}

function join(graph: OnnxGraph, values: readonly OnnxValue[]): OnnxValue {
  return values.length === 1 ? values[0] : graph.node("Concat", values, { axis: 1 });
}
