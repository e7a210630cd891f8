// A few images to look at: picked from the seed, copied, and told apart from the numbers that training uses.
import type { Samples } from "@downhill/data";
import { type RandomStream } from "@downhill/random";
import type { Picture } from "@downhill/sinks";

/** The size of the image that a sample is. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Pictures of an event: one shown large and a grid of 24. */
const PICTURES = 25;

/** Different rows of `count`, each equally likely, the last one too; the first is the one to show large. */
export function pickRows(count: number, stream: RandomStream): number[] {
  const picked = new Set<number>();
  while (picked.size < Math.min(PICTURES, count)) picked.add(stream.integer(count));
  return [...picked];
}

/** The rows as pictures; features are pixels 0..255, or 0..1 where none is above 1. */
export function pictures(samples: Samples, rows: readonly number[], size: ImageSize): Picture[] {
  const { features, inputs, targets } = samples;
  const full = fullInk(features);
  return rows.map((index) => picture(toBytes(features.subarray(index * inputs, (index + 1) * inputs), full), index, size, targets));
}

/** Keeps the pixels of all rows, a byte each, and gives any row as a picture: the same as {@link pictures}, whatever becomes of the features. */
export function picturesOfAny({ features, inputs, targets }: Samples, size: ImageSize): (row: number) => Picture {
  const bytes = toBytes(features, fullInk(features));
  return (row) => picture(bytes.subarray(row * inputs, (row + 1) * inputs), row, size, targets);
}

function picture(bytes: Uint8ClampedArray, index: number, { width, height }: ImageSize, targets: Samples["targets"]): Picture {
  const pixels = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
  return { index, width, height, pixels, ...(targets.kind === "classes" && { label: targets.indices[index] }) };
}

// What a feature is multiplied by.
function fullInk(features: Float32Array): 1 | 255 {
  return features.some((value) => value > 1) ? 1 : 255;
}

function toBytes(features: Float32Array, full: number): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(features.length);
  for (let index = 0; index < features.length; index += 1) bytes[index] = features[index] * full;
  return bytes;
}
