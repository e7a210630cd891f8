// A small checkpoint and a small model with something of everything, and what must hold of any damage to them.
import type { Tensor } from "@downhill/nn";
import type { Checkpoint } from "../../src/checkpoint/Checkpoint.ts";
import { decodeCheckpoint } from "../../src/checkpoint/decodeCheckpoint.ts";
import { encodeCheckpoint } from "../../src/checkpoint/encodeCheckpoint.ts";
import { decodeModel } from "../../src/model/decodeModel.ts";
import { encodeModel, type ModelFile } from "../../src/model/modelFile.ts";
import { PipelineError } from "../../src/PipelineError.ts";

const weights: Tensor = { name: "dense_1/weights", shape: [2, 3], data: Float32Array.of(1.5, -0, 3.4e38, 1e-45, 0.1, -7) };

/** With doubles, floats, and the best epoch's tensors. */
export const CHECKPOINT: Checkpoint = {
  state: {
    run: "small-0123abcd",
    seed: 7,
    position: { epoch: 3, batch: 2 },
    sums: { samples: 20, lossSum: 1 / 3, hits: 11, squares: 0.25 },
    epochMs: 1.25,
    durationMs: 10.5,
    samples: 146,
    best: { epoch: 2, cost: 0.125 },
  },
  preprocessing: { inputs: 2, scale: { type: "standard", mean: [0.1, 2], deviation: [1 / 3, 1] }, classes: ["Käfer", "bee"] },
  tensors: [{ name: "adam/power1", shape: [], data: Float64Array.of(0.1) }, weights],
  best: [{ ...weights, data: weights.data.map((value) => value / 2) }],
};

/** A model with a table's preprocessing. */
export const MODEL: ModelFile = {
  name: "small",
  layers: [{ type: "dense", units: 3 }],
  loss: "softmaxCrossEntropy",
  dialect: {},
  preprocessing: CHECKPOINT.preprocessing,
  epochs: 3,
  tensors: [weights, { name: "dense_1/biases", shape: [1, 3], data: Float32Array.of(0, 1, 2) }],
};

/** A kind of file: its bytes, and its reader. */
export interface SampleFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  decode(bytes: Uint8Array): { readonly tensors: readonly Tensor[] };
}

/** Both. */
export const SAMPLE_FILES: readonly SampleFile[] = [
  { name: "checkpoint", bytes: encodeCheckpoint(CHECKPOINT), decode: (bytes) => decodeCheckpoint(bytes, "run/file") },
  { name: "model", bytes: encodeModel(MODEL), decode: (bytes) => decodeModel(bytes, "run/file") },
];

/** Why damaged `bytes` were not taken as they must be: refused with exit code 4 and a message that names the file, or read with the tensors that were written. */
export function faultOf(file: SampleFile, bytes: Uint8Array): string | undefined {
  try {
    return sameTensors(file.decode(bytes).tensors, file.decode(file.bytes).tensors) ? undefined : "other tensors were read";
  } catch (error) {
    if (!(error instanceof PipelineError)) return `it throws ${String(error)}`;
    const { exitCode, message } = error;
    if (exitCode !== 4) return `it ends with ${exitCode}`;
    return /^run\/file: \S/.test(message) && !/undefined|Cannot read|\[object/.test(message) ? undefined : `the message is ${message}`;
  }
}

function sameTensors(one: readonly Tensor[], other: readonly Tensor[]): boolean {
  return one.length === other.length && one.every((tensor, index) => sameTensor(tensor, other[index]));
}

function sameTensor(one: Tensor, other: Tensor): boolean {
  if (one.name !== other.name || one.shape.join() !== other.shape.join() || one.data.length !== other.data.length) return false;
  return one.data.every((value, index) => Object.is(value, other.data[index]));
}
