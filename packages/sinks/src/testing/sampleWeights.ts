// Weights for the sample run: what a unit that has learnt a digit might look for, its strokes wanted and their surroundings not.
import type { Picture, WeightsShown } from "../contract/TrainingEvent.ts";
import { sampleDigit } from "./sampleDigit.ts";

const UNITS = 16;

/** The first layer's weights of some units, as images. */
export function sampleWeights(): WeightsShown {
  return { type: "weightsShown", layer: "dense_1", images: Array.from({ length: UNITS }, (_, unit) => weightsOf(unit)), limit: 0.034 };
}

function weightsOf(unit: number): Picture {
  const [wanted, unwanted] = [sampleDigit(unit, unit % 10), sampleDigit(3 * unit + 1, (unit * 3 + 4) % 10)];
  const [ink, other] = [bytesOf(wanted), bytesOf(unwanted)];
  const pixels = ink.map((value, place) => Math.round(127.5 + (value - other[place]) / 2));
  return { index: unit, width: wanted.width, height: wanted.height, pixels: btoa(String.fromCharCode(...pixels)) };
}

function bytesOf({ pixels }: Picture): Uint8Array {
  return Uint8Array.from(atob(pixels), (character) => character.charCodeAt(0));
}
