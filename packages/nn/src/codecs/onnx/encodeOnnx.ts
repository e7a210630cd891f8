// A whole model as an ONNX file, where nothing is done to the features before it.
import { type OnnxFileOptions, OnnxGraph } from "./OnnxGraph.ts";
import { sizeOf } from "../../Shape.ts";
import { predictionNodes, type TrainedLayers } from "./predictionNodes.ts";

/**
 * The bytes of an ONNX file (operator set 13, for inference): input `features` `[N × inputs]`, output `predictions`, what `predict` gives. Throws an NnError as
 * {@link predictionNodes} does, and for more than 2 GB.
 */
export function encodeOnnx(model: TrainedLayers, options: OnnxFileOptions): Uint8Array<ArrayBuffer> {
  const graph = new OnnxGraph();
  const inputs = typeof model.inputs === "number" ? model.inputs : sizeOf(model.inputs);
  const { value, width } = predictionNodes(graph, graph.input({ name: "features", type: "float", width: inputs }), model);
  graph.output({ name: "predictions", type: "float", width }, value);
  return graph.encode(options);
}
