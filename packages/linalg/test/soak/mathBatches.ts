// The worker of the soak of exp, log and tanh: its share of the batches of one function, through the built kernels.
import { parentPort, workerData } from "node:worker_threads";
import type * as source from "../../src/index.ts";
import { ulps } from "../ulps.ts";

/** The functions, by name. */
export type MathName = "exp" | "log" | "tanh";

/** What a worker is started with: it takes the bit patterns from `batch · BATCH` on, for each of `batches`. */
export interface MathInput {
  readonly name: MathName;
  readonly batches: readonly number[];
}

/** What a worker says after each batch: figures of that batch alone. */
export interface BatchFigures {
  /** The greatest error in ulps, and the bits of the argument where it is. */
  readonly worst: number;
  readonly at: number;
  /** How many results are not the nearest f32. */
  readonly notNearest: number;
  /** How many are off by more than 1 ulp, or a special value is wrong. */
  readonly wrong: number;
}

/** Arguments of one batch: 2³² / BATCH batches are all f32. */
export const BATCH: number = 2 ** 20;

if (parentPort !== null) {
  const { createLinalg, ...kernels } = (await import(new URL("../../dist/index.js", import.meta.url).href)) as typeof source;
  const { name, batches } = workerData as MathInput;
  const linalg = await createLinalg({ threads: 1 });
  const [x, y] = [linalg.matrix(1, BATCH), linalg.matrix(1, BATCH)];
  for (const batch of batches) {
    const bits = new Uint32Array(linalg.buffer, x.pointer, BATCH);
    for (let index = 0; index < BATCH; index += 1) bits[index] = batch * BATCH + index;
    kernels[name](x, y);
    parentPort.postMessage(compare(x.data, y.data, Math[name], batch * BATCH));
  }
}

// Math's f64 results are off by some 2⁻²⁹ of an f32's ulp: nothing beside the half that rounding costs.
function compare(inputs: Float32Array, outputs: Float32Array, exact: (x: number) => number, first: number): BatchFigures {
  let [worst, at, notNearest, wrong] = [0, first, 0, 0];
  for (let index = 0; index < inputs.length; index += 1) {
    const [actual, expected] = [outputs[index], exact(inputs[index])];
    if (actual === Math.fround(expected) && actual !== 0) continue;
    const error = ulps(actual, expected);
    if (error > 0) notNearest += 1;
    if (!(error <= 1)) wrong += 1;
    if (error > worst) [worst, at] = [error, first + index];
  }
  return { worst, at, notNearest, wrong };
}
