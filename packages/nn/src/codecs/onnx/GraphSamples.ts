// Samples on their way through a graph. Ours lie as rows, an image line by line with its channels side by side; ONNX's convolutions and
// pools take images channel by channel. They are turned where one kind of layer follows the other, and only there.
import { type Shape, sizeOf } from "../../Shape.ts";
import type { OnnxGraph, OnnxValue } from "./OnnxGraph.ts";

/** A value that holds samples: as rows `[N × size of the shape]`, or as images `[N × channels × height × width]`. */
export interface GraphSamples {
  readonly value: OnnxValue;
  /** The shape of a sample as our layers have it: `[features]` or `[height, width, channels]`. */
  readonly shape: Shape;
  readonly layout: "rows" | "images";
}

/** The same samples as rows. */
export function asRows(graph: OnnxGraph, { value, shape, layout }: GraphSamples): GraphSamples {
  if (layout === "rows") return { value, shape, layout };
  const turned = isTurned(shape) ? graph.node("Transpose", [value], { perm: [0, 2, 3, 1] }) : value;
  return { value: reshape(graph, turned, [sizeOf(shape)]), shape, layout: "rows" };
}

/** The same samples, of a shape `[height, width, channels]`, as images. */
export function asImages(graph: OnnxGraph, { value, shape, layout }: GraphSamples): GraphSamples {
  if (layout === "images") return { value, shape, layout };
  const [height, width, channels] = shape;
  const images = isTurned(shape)
    ? graph.node("Transpose", [reshape(graph, value, shape)], { perm: [0, 3, 1, 2] })
    : reshape(graph, value, [channels, height, width]);
  return { value: images, shape, layout: "images" };
}

// With one channel, or one pixel, both orders are the same.
function isTurned([height, width, channels]: Shape): boolean {
  return channels > 1 && height * width > 1;
}

// 0 keeps the number of samples.
function reshape(graph: OnnxGraph, value: OnnxValue, shape: Shape): OnnxValue {
  return graph.node("Reshape", [value, graph.integers("shape", [0, ...shape])]);
}
