// A trained model as an ONNX file that takes rows as the user's data holds them and gives what `predict` writes.
import { layerFromConfig, lossFromConfig, OnnxGraph, type OnnxPort, predictionNodes } from "@downhill/nn";
import { classNames } from "../model/classNames.ts";
import type { ModelFile } from "../model/modelFile.ts";
import { sampleShape } from "../model/sampleShape.ts";
import { valueNames } from "../model/valueNames.ts";
import { type InputPort, portFacts } from "./inputPorts.ts";
import { preprocessingNodes } from "./preprocessingNodes.ts";

/** Tells an ONNX file of ours, with this metadata, from any other. */
const FORMAT = { format: "downhill-onnx", formatVersion: "1" } as const;

/** The output of an exported model: `probabilities` of classes or labels, or `values` in their own unit. */
export interface OutputPort extends OnnxPort {
  /** What each column is of: the classes' names in their order, or the values'. */
  readonly columns: readonly string[];
}

/** An ONNX file, and what goes in and comes out. */
export interface OnnxModel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly inputs: readonly InputPort[];
  readonly output: OutputPort;
}

/** The ONNX file of a model, made by this version of ours. Throws an NnError for more than 2 GB. */
export function encodeOnnxModel({ name, layers, loss: lossConfig, preprocessing, epochs, tensors }: ModelFile, version: string): OnnxModel {
  const graph = new OnnxGraph();
  const loss = lossFromConfig(lossConfig);
  const { ports, features, refused } = preprocessingNodes(graph, preprocessing);
  const inputs = sampleShape(preprocessing.inputs, preprocessing.image);
  const model = predictionNodes(graph, features, { inputs, layers: layers.map(layerFromConfig), loss, tensors });
  let { value } = model;
  const { target, classes } = preprocessing;
  if (target !== undefined) {
    value = graph.node("Mul", [value, graph.floats("deviation", [target.deviation], [])]);
    value = graph.node("Add", [value, graph.floats("mean", target.mean)]);
  }
  if (refused !== undefined) value = graph.node("Where", [refused, graph.floats("no_answer", [Number.NaN], []), value]);
  const columns = (classes === undefined ? valueNames : classNames)(preprocessing, model.width);
  const output: OutputPort = { name: loss.output === undefined ? "values" : "probabilities", type: "float", width: model.width, columns };
  graph.output(output, value);
  const metadata = {
    ...FORMAT,
    name,
    epochs: String(epochs),
    inputs: JSON.stringify(ports.map(portFacts)),
    outputs: JSON.stringify([portFacts(output)]),
    preprocessing: JSON.stringify(preprocessing),
    ...(classes !== undefined && { classes: JSON.stringify(columns) }),
  };
  return { bytes: graph.encode({ producer: { name: "downhill", version }, metadata }), inputs: ports, output };
}
