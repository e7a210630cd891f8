// Activations as ONNX operators; operators that were new after operator set 13 (Gelu, Mish, …) are made of older ones.
import { type ActivationConfig, activationName, type ActivationName } from "../../activations/activations.ts";
import type { OnnxGraph, OnnxValue } from "./OnnxGraph.ts";

type Write = (graph: OnnxGraph, x: OnnxValue, negativeSlope: number | undefined) => OnnxValue;

const WRITERS: Readonly<Record<ActivationName | "softmax", Write>> = {
  relu: (graph, x) => graph.node("Relu", [x]),
  leakyRelu: (graph, x, negativeSlope = 0.01) => graph.node("LeakyRelu", [x], { alpha: { float: negativeSlope } }),
  // ½x·(1 + erf(x/√2)), in the order of operators that runtimes know as this function and compute at once.
  gelu(graph, x) {
    const erf = graph.node("Erf", [graph.node("Div", [x, graph.floats("root_2", [Math.sqrt(2)], [])])]);
    const twice = graph.node("Mul", [x, graph.node("Add", [erf, graph.floats("one", [1], [])])]);
    return graph.node("Mul", [twice, graph.floats("half", [0.5], [])]);
  },
  sigmoid: (graph, x) => graph.node("Sigmoid", [x]),
  tanh: (graph, x) => graph.node("Tanh", [x]),
  // The loss says it once more, and writes it.
  softmax: (_, x) => x,
};

/** Writes what `config` does to each element of `x`; nothing for none, or for softmax, which the end of a model writes. */
export function activationNodes(graph: OnnxGraph, config: ActivationConfig | undefined, x: OnnxValue): OnnxValue {
  if (config === undefined) return x;
  return WRITERS[activationName(config)](graph, x, typeof config === "string" ? undefined : config.negativeSlope);
}
