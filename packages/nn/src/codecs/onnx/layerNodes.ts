// Each kind of layer as ONNX operators, for inference.
import type { ActivationConfig } from "../../activations/activations.ts";
import { ActivationLayer } from "../../layers/ActivationLayer.ts";
import { BatchNorm } from "../../layers/BatchNorm.ts";
import { Conv2D } from "../../layers/Conv2D.ts";
import { Dense } from "../../layers/Dense.ts";
import { Dropout } from "../../layers/Dropout.ts";
import { Flatten } from "../../layers/Flatten.ts";
import { LeakyRelu } from "../../layers/LeakyRelu.ts";
import { Pool2D } from "../../layers/Pool2D.ts";
import { Softmax } from "../../layers/Softmax.ts";
import { type PlacedWindows, placeWindows } from "../../layers/windows.ts";
import type { NamedLayer } from "../../nameLayers.ts";
import { NnError } from "../../NnError.ts";
import { activationNodes } from "./activationNodes.ts";
import { asImages, asRows, type GraphSamples } from "./GraphSamples.ts";
import type { OnnxAttribute, OnnxGraph } from "./OnnxGraph.ts";

/** Finds a layer's numbers, such as `weights`. Throws an NnError where they aren't there in this size. */
export type FindNumbers = (role: string, size: number) => Float32Array;

/** Writes what a layer makes of `samples`. Throws an NnError for a kind of layer that has no form in ONNX here. */
export function layerNodes(
  graph: OnnxGraph,
  { name, description, output }: NamedLayer,
  samples: GraphSamples,
  find: FindNumbers,
): GraphSamples {
  if (description instanceof Dense) return { ...dense(graph, name, description, samples, find), shape: output };
  if (description instanceof Conv2D) return { ...conv2d(graph, name, description, samples, find), shape: output };
  if (description instanceof Pool2D) return { ...pool2d(graph, description, samples), shape: output };
  if (description instanceof BatchNorm) return batchNorm(graph, name, description, samples, find);
  if (description instanceof Flatten) return { ...asRows(graph, samples), shape: output };
  if (description instanceof Dropout || description instanceof Softmax) return samples;
  if (description instanceof ActivationLayer) {
    const config = (
      description instanceof LeakyRelu ? { type: "leakyRelu", ...description.options } : description.type
    ) as ActivationConfig;
    return { ...samples, value: activationNodes(graph, config, samples.value) };
  }
  throw new NnError(`${name}: layers of the type ${description.type} have no form in ONNX here; leave it out, or write its operators`);
}

function dense(graph: OnnxGraph, name: string, { options }: Dense, samples: GraphSamples, find: FindNumbers): GraphSamples {
  const { units, activation } = options;
  const rows = asRows(graph, samples);
  const inputs = rows.shape.reduce((product, size) => product * size, 1);
  const weights = graph.floats(`${name}/weights`, find("weights", inputs * units), [inputs, units]);
  const biases = graph.floats(`${name}/biases`, find("biases", units));
  const sums = graph.node("Gemm", [rows.value, weights, biases]);
  return { ...rows, value: activationNodes(graph, activation, sums) };
}

function conv2d(graph: OnnxGraph, name: string, { options }: Conv2D, samples: GraphSamples, find: FindNumbers): GraphSamples {
  const { filters, kernelSize, strides = 1, padding = "valid", activation } = options;
  const images = asImages(graph, samples);
  const windows = placeWindows(name, { window: kernelSize, strides, padding }, images.shape);
  const { windowHeight, windowWidth, channels } = windows;
  const taps = windowHeight * windowWidth;
  const kernel = channelsFirst(find("weights", taps * channels * filters), { taps, channels, filters });
  const weights = graph.floats(`${name}/weights`, kernel, [filters, channels, windowHeight, windowWidth]);
  const biases = graph.floats(`${name}/biases`, find("biases", filters));
  const sums = graph.node("Conv", [images.value, weights, biases], windowAttributes(windows));
  return { ...images, value: activationNodes(graph, activation, sums) };
}

function pool2d(graph: OnnxGraph, { type, options }: Pool2D, samples: GraphSamples): GraphSamples {
  const { poolSize = 2, strides = poolSize, padding = "valid" } = options;
  const images = asImages(graph, samples);
  const attributes = windowAttributes(placeWindows(type, { window: poolSize, strides, padding }, images.shape));
  const value =
    type === "maxPool2d"
      ? graph.node("MaxPool", [images.value], attributes)
      : graph.node("AveragePool", [images.value], { ...attributes, count_include_pad: 0 });
  return { ...images, value };
}

// ONNX normalises the second axis: a feature of rows, a channel of images.
function batchNorm(graph: OnnxGraph, name: string, { options }: BatchNorm, samples: GraphSamples, find: FindNumbers): GraphSamples {
  const { epsilon = 1e-3 } = options;
  const placed = samples.shape.length === 3 ? asImages(graph, samples) : samples;
  const channels = placed.shape[placed.shape.length - 1];
  const numbers = ["gamma", "beta", "mean", "variance"].map((role) => graph.floats(`${name}/${role}`, find(role, channels)));
  return { ...placed, value: graph.node("BatchNormalization", [placed.value, ...numbers], { epsilon: { float: epsilon } }) };
}

function windowAttributes({
  windowHeight,
  windowWidth,
  strideY,
  strideX,
  top,
  left,
  bottom,
  right,
}: PlacedWindows): Record<string, OnnxAttribute> {
  return { kernel_shape: [windowHeight, windowWidth], strides: [strideY, strideX], pads: [top, left, bottom, right] };
}

// [taps · channels × filters] → [filters × channels × taps].
function channelsFirst(
  weights: Float32Array,
  size: { readonly taps: number; readonly channels: number; readonly filters: number },
): Float32Array {
  const { taps, channels, filters } = size;
  const turned = new Float32Array(weights.length);
  let at = 0;
  for (let filter = 0; filter < filters; filter += 1)
    for (let channel = 0; channel < channels; channel += 1)
      for (let tap = 0; tap < taps; tap += 1) turned[at++] = weights[(tap * channels + channel) * filters + filter];
  return turned;
}
