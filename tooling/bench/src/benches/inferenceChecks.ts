// What programs that predict are asked and answer, and what is right.
import { BenchError, EXIT } from "../BenchError.ts";

/** What a program that predicts is asked for: `batch` images a call, again and again for so long, at least three times. */
export interface InferenceRequest {
  readonly batch: number;
  readonly milliseconds: number;
  /** Images, from the first one on, that it has to show its probabilities for. */
  readonly shown: number;
}

/** What it answers. */
export interface InferenceReply {
  /** The mean of its calls. */
  readonly milliseconds: number;
  /** [shown × classes]. */
  readonly probabilities: readonly number[];
}

/** The network: A1 = relu(X·W1 + b1), softmax(A1·W2 + b2), a sample a row. */
export interface Network {
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
  readonly w1: Float32Array<ArrayBuffer>;
  readonly b1: Float32Array<ArrayBuffer>;
  readonly w2: Float32Array<ArrayBuffer>;
  readonly b2: Float32Array<ArrayBuffer>;
}

const TOLERANCE = 1e-4;

/** Probabilities `[count × classes]` of the first `count` images, in f64. */
export function probabilitiesOf(network: Network, images: Float32Array, count: number): number[] {
  const { inputs, hidden, classes, w1, b1, w2, b2 } = network;
  return Array.from({ length: count }, (_, image) => {
    const x = Array.from(images.subarray(image * inputs, (image + 1) * inputs));
    const a1 = product(x, w1, b1, hidden).map((value) => Math.max(value, 0));
    const z2 = product(a1, w2, b2, classes);
    const highest = Math.max(...z2);
    const powers = z2.map((value) => Math.exp(value - highest));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  }).flat();
}

/** Throws a BenchError unless every probability is as expected. */
export function checkProbabilities(who: string, probabilities: readonly number[], expected: readonly number[]): void {
  const wrong = expected.findIndex((value, index) => !(Math.abs(probabilities[index] - value) <= TOLERANCE));
  if (wrong < 0) return;
  throw new BenchError(
    EXIT.failed,
    `${who} does not compute the network: a probability is ${probabilities[wrong]}, it should be ${expected[wrong]}. No ratio is given.`,
  );
}

// x·W + b for one row x.
function product(x: readonly number[], weights: Float32Array, biases: Float32Array, units: number): number[] {
  return Array.from(biases, (bias, unit) => x.reduce((sum, value, input) => sum + value * weights[input * units + unit], bias));
}
