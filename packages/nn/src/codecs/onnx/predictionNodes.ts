// A model as `predict` computes it: its layers for inference, then what its loss makes of logits.
import type { LayerDescription } from "../../layers/Layer.ts";
import type { Loss } from "../../losses/Loss.ts";
import { nameLayers } from "../../nameLayers.ts";
import { NnError } from "../../NnError.ts";
import { type Shape, sizeOf } from "../../Shape.ts";
import type { Tensor } from "../safetensors.ts";
import { asRows, type GraphSamples } from "./GraphSamples.ts";
import { type FindNumbers, layerNodes } from "./layerNodes.ts";
import type { OnnxGraph, OnnxValue } from "./OnnxGraph.ts";

/** A trained model without its memory. */
export interface TrainedLayers {
  /** Width of the input, or the shape of a sample, as `Sequential` takes it. */
  readonly inputs: number | Shape;
  readonly layers: readonly LayerDescription[];
  readonly loss: Loss;
  /** What `trainingTensors` gives of the model; others may be among them. */
  readonly tensors: readonly Tensor[];
}

/** A value `[N × width]`. */
export interface GraphRows {
  readonly value: OnnxValue;
  readonly width: number;
}

/**
 * Writes the model behind `features` `[N × inputs]`; what comes out is what `predict` gives: probabilities `[N × classes]` or values `[N × outputs]`. Throws an
 * NnError for missing tensors, and for layers that have no form in ONNX here.
 */
export function predictionNodes(graph: OnnxGraph, features: OnnxValue, { inputs, layers, loss, tensors }: TrainedLayers): GraphRows {
  const shape = typeof inputs === "number" ? [inputs] : inputs;
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  let samples: GraphSamples = { value: features, shape, layout: "rows" };
  for (const layer of nameLayers(layers, shape)) samples = layerNodes(graph, layer, samples, findIn(byName, layer.name));
  const { value, shape: output } = asRows(graph, samples);
  return outputNodes(graph, { value, width: sizeOf(output) }, loss);
}

function outputNodes(graph: OnnxGraph, { value, width }: GraphRows, loss: Loss): GraphRows {
  if (loss.output === undefined) return { value, width };
  if (loss.output === "softmax") return { value: graph.node("Softmax", [value], { axis: 1 }), width };
  const ones = graph.node("Sigmoid", [value]);
  if (loss.targets === "values") return { value: ones, width };
  const zeros = graph.node("Sub", [graph.floats("whole", [1], []), ones]);
  return { value: graph.node("Concat", [zeros, ones], { axis: 1 }), width: 2 };
}

function findIn(tensors: ReadonlyMap<string, Tensor>, layer: string): FindNumbers {
  return (role, size) => {
    const name = `${layer}/${role}`;
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new NnError(`${name} is not among the tensors; they are of another model`);
    if (tensor.data instanceof Float64Array || tensor.data.length !== size)
      throw new NnError(`${name} has ${tensor.data.length} numbers among the tensors; expected ${size} of f32`);
    return tensor.data;
  };
}
