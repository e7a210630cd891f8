import type { Preprocessing } from "@downhill/data";
import type { Shape } from "@downhill/nn";

/** The shape of a sample of `inputs` features: `[height, width, channels]` if it is an image, channels side by side, else `[inputs]`. */
export function sampleShape(inputs: number, image: Preprocessing["image"]): Shape {
  return image === undefined ? [inputs] : [image.height, image.width, inputs / (image.width * image.height)];
}
