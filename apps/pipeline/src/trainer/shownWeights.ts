// What the first layer's units look for: the weights that lead into each of them, as images.
import type { Size2d } from "@downhill/nn";
import type { Picture, WeightsShown } from "@downhill/sinks";
import type { Config } from "../config/Config.ts";
import type { ImageSize } from "./pictures.ts";
import type { TrainerParts } from "./TrainerParts.ts";

const UNITS = 32;

/** Layers that leave every pixel at its place. */
const TRANSPARENT: ReadonlySet<string> = new Set(["flatten", "dropout"]);

/** The weights of the first units; undefined unless the first layer is dense or conv2d and a sample is an image of one channel. */
export function shownWeights({ config, model, preprocessing, loaded }: TrainerParts): WeightsShown | undefined {
  const { image, inputs } = preprocessing;
  const place = config.model.layers.findIndex(({ type }) => !TRANSPARENT.has(type));
  if (image === undefined || image.width * image.height !== inputs || place === -1) return undefined;
  const size = windowOf(config.model.layers[place], image);
  const layer = loaded.model.layers[place].name;
  const weights = model.parameters.find(({ name }) => name === `${layer}/weights`)?.value;
  if (size === undefined || weights === undefined) return undefined;
  const found = weightImages(weights.data, weights.columns, size);
  return Number.isFinite(found.limit) ? { type: "weightsShown", layer, ...found } : undefined;
}

/** `weights` `[pixels × units]` as one image a unit. */
export function weightImages(weights: Float32Array, units: number, size: ImageSize): Pick<WeightsShown, "images" | "limit"> {
  const shown = Math.min(units, UNITS);
  const pixels = weights.length / units;
  let limit = 0;
  for (let pixel = 0; pixel < pixels; pixel += 1)
    for (let unit = 0; unit < shown; unit += 1) limit = Math.max(limit, Math.abs(weights[pixel * units + unit]));
  const images = Array.from({ length: shown }, (_, index): Picture => {
    const bytes = Uint8Array.from({ length: pixels }, (__, pixel) => toByte(weights[pixel * units + index], limit));
    return { index, ...size, pixels: Buffer.from(bytes.buffer).toString("base64") };
  });
  return { images, limit };
}

// From −limit to limit on 0 to 255; where all weights are 0, so is the limit.
function toByte(weight: number, limit: number): number {
  return Math.round(127.5 + (limit === 0 ? 0 : (127.5 * weight) / limit));
}

// What of the image a unit sees.
function windowOf(layer: Config["model"]["layers"][number], image: ImageSize): ImageSize | undefined {
  if (layer.type === "dense") return { width: image.width, height: image.height };
  return layer.type === "conv2d" ? kernelOf(layer.kernelSize) : undefined;
}

function kernelOf(size: Size2d): ImageSize {
  const [height, width] = typeof size === "number" ? [size, size] : size;
  return { width, height };
}
