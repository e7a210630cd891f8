// A numbered, endless sequence of labelled digits, of which a data set is a range. Digit i is a function of the seed and i.
import { permutation, randomStream } from "@downhill/random";
import { DIGIT_PIXELS } from "./cover.ts";
import { drawDigit } from "./drawDigit.ts";

const CLASSES = 10;
/** The substreams of the two choices: which digit stands at a place, and how it is drawn. */
const ORDER = 0;
const DRAWING = 1;

/** Which digits of which sequence to make. */
export interface DigitsOptions {
  /** How many digits to make, from 0 on. */
  readonly count: number;
  /** The sequence: a whole number from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** The place in the sequence of the first digit made; 0 when absent. Ranges that don't overlap share no drawing. */
  readonly first?: number;
}

/** Digits as rows: `pixels` is `[count × 784]`, 0 for paper to 255 for ink; `labels` is `[count]`, 0 to 9. */
export interface Digits {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * Makes the digits at the places `first` … `first + count − 1` of the sequence `seed`, in which every ten places from a multiple of
 * ten hold each digit once, in random order. Throws a RangeError for a seed, count or place that is not such a number.
 */
export function makeDigits({ count, seed, first = 0 }: DigitsOptions): Digits {
  if (!Number.isInteger(count) || !Number.isInteger(first) || count < 0 || first < 0 || first + count > 2 ** 32) {
    throw new RangeError(`makeDigits: count is ${count} and first ${first}; they must be whole numbers from 0, together at most 2^32`);
  }
  const root = randomStream(seed, "digits");
  const orders = root.substream(ORDER);
  const drawings = root.substream(DRAWING);
  const pixels = new Uint8Array(count * DIGIT_PIXELS);
  const labels = new Uint8Array(count);
  for (let row = 0; row < count; row += 1) {
    const place = first + row;
    labels[row] = permutation(CLASSES, orders.substream(Math.floor(place / CLASSES)))[place % CLASSES];
    pixels.set(drawDigit(labels[row], drawings.substream(place)), row * DIGIT_PIXELS);
  }
  return { pixels, labels };
}
