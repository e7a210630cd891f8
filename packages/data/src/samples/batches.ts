// Samples → the batches of one epoch.
import { DataError } from "../DataError.ts";
import { gather } from "./gather.ts";
import type { Samples } from "./Samples.ts";

/** Some rows to train on. */
export interface Batch {
  /** [size × inputs], row-major. */
  readonly features: Float32Array;
  /** Class indices [size], or values [size × outputs]. */
  readonly targets: Int32Array | Float32Array;
  readonly size: number;
}

/** How to cut samples into batches. */
export interface BatchOptions {
  /** The rows of a batch; the last one has those that are left. */
  readonly batchSize: number | "full";
  /** Row numbers in the order to take them; left out, rows come as they stand. */
  readonly order?: Uint32Array;
}

/**
 * The batches of one pass over the samples. Without an order they are views of the samples' own arrays; with one they share two
 * buffers, which hold a batch only until the next is asked for. Throws a DataError for a batch size that is no whole number from 1
 * and for a row number that there is not.
 */
export function* batches(samples: Samples, { batchSize, order }: BatchOptions): Generator<Batch, void, undefined> {
  const { count, inputs, features, targets } = samples;
  const values = targets.kind === "classes" ? targets.indices : targets.values;
  const outputs = targets.kind === "classes" ? 1 : targets.outputs;
  const rows = order?.length ?? count;
  const most = batchSize === "full" ? rows : batchSize;
  if (batchSize !== "full" && !(Number.isSafeInteger(most) && most >= 1)) {
    throw new DataError(`batches: the batch size is ${batchSize}; it must be a whole number from 1, or "full"`);
  }
  const missing = order?.find((row) => row >= count);
  if (missing !== undefined) {
    throw new DataError(`batches: the order holds row ${missing}, but there are ${count} rows; it must be below that`);
  }
  if (order === undefined) {
    for (let start = 0; start < count; start += most) {
      const size = Math.min(most, count - start);
      yield { features: part(features, start * inputs, size * inputs), targets: part(values, start * outputs, size * outputs), size };
    }
    return;
  }
  const size = Math.min(most, rows);
  const featureBuffer = new Float32Array(size * inputs);
  const targetBuffer = targets.kind === "classes" ? new Int32Array(size) : new Float32Array(size * outputs);
  for (let start = 0; start < rows; start += most) {
    const taken = order.subarray(start, start + most);
    gather(features, inputs, taken, featureBuffer);
    gather(values, outputs, taken, targetBuffer);
    const filled = taken.length;
    yield { features: part(featureBuffer, 0, filled * inputs), targets: part(targetBuffer, 0, filled * outputs), size: filled };
  }
}

// The array itself where the part is all of it.
function part<Values extends Float32Array | Int32Array>(values: Values, start: number, length: number): Values {
  return length === values.length ? values : (values.subarray(start, start + length) as Values);
}
