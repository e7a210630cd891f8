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
  const full = samples.features.some((value) => value > 1) ? 1 : 255;
  const { targets } = samples;
  return rows.map((index) => {
    const row = samples.features.subarray(index * samples.inputs, (index + 1) * samples.inputs);
    const pixels = Uint8ClampedArray.from(row, (value) => value * full);
    return {
      index,
      ...size,
      pixels: Buffer.from(pixels.buffer).toString("base64"),
      ...(targets.kind === "classes" && { label: targets.indices[index] }),
    };
  });
}
