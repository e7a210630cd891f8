// Predicting with the reference network, from plain arrays of real images: one at a time, and a thousand.
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { loadSamples } from "@downhill/data";
import type { Bench, BenchOptions, BenchResult, Row } from "../Bench.ts";
import type { ContestantProcess } from "../contestants/ContestantProcess.ts";
import { libraryEntry, numpyEntry } from "../contestants/entries.ts";
import { type Entry, lineUp } from "../contestants/lineUp.ts";
import { inspectNumpy, worthRacing } from "../contestants/numpy.ts";
import { ourProgram } from "../contestants/programs.ts";
import { requireData } from "../dataFolder.ts";
import { normals, withInputs } from "../inputs.ts";
import { interleave } from "../interleave.ts";
import { onnxModel } from "../onnxModel.ts";
import { atTheirBest, type Measured } from "../report/Measured.ts";
import { median, type Ratio, ratioOfDurations } from "../report/ratio.ts";
import { checkProbabilities, type InferenceReply, type InferenceRequest, type Network, probabilitiesOf } from "./inferenceChecks.ts";

const FILES = ["train_X.csv", "train_label.csv"];
const BATCHES = [1, 1000];
const HIDDEN = 1000;
const CLASSES = 10;
/** Large enough that images differ in what they get. */
const STDDEV = 0.05;
/** Images whose probabilities are compared. */
const SHOWN = 20;
const OURS = "narrow";

/** `pnpm bench inference`. */
export const inference: Bench = {
  question: "How long does the reference network take to predict? 784 → 1000 relu → 10 softmax, from a dense array of real images.",
  options: { rounds: 7, milliseconds: 200, threads: availableParallelism() },
  run,
};

async function run({ rounds, milliseconds, threads }: BenchOptions, progress: (line: string) => void): Promise<BenchResult> {
  const data = requireData("mini-mnist", FILES);
  const images = await readImages(data);
  const network = networkFor(images.inputs);
  const { w1, b1, w2, b2 } = network;
  const files = { "images.f32": images.pixels, "w1.f32": w1, "b1.f32": b1, "w2.f32": w2, "b2.f32": b2, "network.onnx": modelOf(network) };
  return withInputs(files, async (folder) => {
    progress("looking at the rivals …");
    const expected = probabilitiesOf(network, images.pixels, SHOWN);
    const numpy = await inspectNumpy();
    const { contestants, notes, close } = await lineUp(entriesFor(folder, threads, numpy.present));
    try {
      const rows: Row[] = [];
      const ratios: Ratio[] = [];
      for (const batch of BATCHES) {
        const turn = async (contestant: ContestantProcess): Promise<number> => {
          const request: InferenceRequest = { batch, milliseconds, shown: SHOWN };
          const reply = await contestant.ask<InferenceReply>(request);
          checkProbabilities(contestant.who, reply.probabilities, expected);
          return reply.milliseconds;
        };
        for (const contestant of contestants) await turn(contestant);
        const times = await interleave(contestants, { rounds, turn });
        const raced = contestants.map(({ who, version }, index): Measured => ({ who, version, figures: times[index] }));
        const measured = atTheirBest(raced, "least");
        progress(`batch ${batch}, ms  ${measured.map(({ who, figures }) => `${who} ${median(figures).toFixed(3)}`).join("  ")}`);
        rows.push(
          ...measured.map(({ who, version, figures }) => ({ who: `${who}@batch${batch}`, version, value: median(figures), unit: "ms" })),
        );
        ratios.push(...ratiosOf(worthRacing(numpy, measured), `batch${batch}`));
      }
      return {
        rows: [...rows, ...numpy.rows],
        ratios,
        notes: [
          `Medians of ${rounds} interleaved rounds, each the mean of the calls of ${milliseconds} ms; a batch of 1 goes over all images. Ours is narrow, on`,
          `${threads} threads; NumPy and ONNX Runtime, where they take part, on the faster of 1 and ${threads} for each batch.`,
          ...numpy.notes,
          ...notes,
        ],
      };
    } finally {
      await close();
    }
  });
}

function entriesFor(folder: string, threads: number, numpy: boolean): Entry[] {
  const counts = [...new Set([1, threads])];
  const onnxruntime = (["onnxruntime-web", "onnxruntime-node"] as const).flatMap((name) =>
    counts.map((count) => libraryEntry(name, "onnxruntimeInference.mjs", [name, folder, String(count)])),
  );
  return [
    { who: OURS, prepare: () => ourProgram(OURS, "inference.ts", [OURS, folder, String(threads)]), required: true },
    ...onnxruntime,
    libraryEntry("tfjs-wasm", "tfjsInference.mjs", [folder]),
    ...(numpy ? counts.map((count) => numpyEntry("numpy", "numpy_inference.py", [folder], count)) : []),
  ];
}

function ratiosOf(measured: readonly Measured[], batch: string): Ratio[] {
  const [ours, ...rivals] = measured;
  return rivals.map((rival) => ratioOfDurations(`${batch}/${rival.who}`, ours.figures, rival.figures));
}

async function readImages(folder: string): Promise<{ readonly inputs: number; readonly pixels: Float32Array<ArrayBuffer> }> {
  const [features, labels] = FILES.map((file) => join(folder, file));
  const samples = await loadSamples({ features, labels }, { targets: "classes" });
  return { inputs: samples.inputs, pixels: Float32Array.from(samples.features, (pixel) => pixel / 255) };
}

function networkFor(inputs: number): Network {
  const [w1, b1, w2, b2] = [inputs * HIDDEN, HIDDEN, HIDDEN * CLASSES, CLASSES].map((length, index) => normals(length, STDDEV, index + 1));
  return { inputs, hidden: HIDDEN, classes: CLASSES, w1, b1, w2, b2 };
}

function modelOf({ inputs, hidden, classes, w1, b1, w2, b2 }: Network): Uint8Array<ArrayBuffer> {
  return onnxModel({
    input: { name: "images", shape: ["batch", inputs] },
    output: { name: "probabilities", shape: ["batch", classes] },
    constants: [
      { name: "w1", shape: [inputs, hidden], values: w1 },
      { name: "b1", shape: [hidden], values: b1 },
      { name: "w2", shape: [hidden, classes], values: w2 },
      { name: "b2", shape: [classes], values: b2 },
    ],
    nodes: [
      { operator: "Gemm", inputs: ["images", "w1", "b1"], output: "z1" },
      { operator: "Relu", inputs: ["z1"], output: "a1" },
      { operator: "Gemm", inputs: ["a1", "w2", "b2"], output: "z2" },
      { operator: "Softmax", inputs: ["z2"], output: "probabilities" },
    ],
  });
}
