// Dense products on one thread, beside the limit of the machine and the libraries of others; and what a second thread adds.
import { availableParallelism } from "node:os";
import type { Bench, BenchOptions, BenchResult, Row } from "../Bench.ts";
import type { ContestantProcess } from "../contestants/ContestantProcess.ts";
import { libraryEntry, numpyEntry, ourEntries } from "../contestants/entries.ts";
import { type Entry, lineUp } from "../contestants/lineUp.ts";
import { inspectNumpy, worthRacing } from "../contestants/numpy.ts";
import { ourProgram } from "../contestants/programs.ts";
import { uniforms, withInputs } from "../inputs.ts";
import { interleave } from "../interleave.ts";
import { measurePeak } from "../machine/measurePeak.ts";
import { onnxModel } from "../onnxModel.ts";
import { type Measured, rivalRatios } from "../report/Measured.ts";
import { median, type Ratio, ratioOfRates } from "../report/ratio.ts";
import { checkProduct, expectedAt, GEMM_CASES, type GemmCase, type GemmReply, type GemmRequest, probesOf } from "./gemmCases.ts";

const PEAK = "peak128";
/** Ours on two threads, at the square only. */
const TWO_THREADS = "narrow-2-threads";
const SQUARE = "1024x1024x1024";
/** One thread each, so nobody's threads have to go to sleep. */
const PAUSE_MS = 20;
/** First calls run in baseline code, and libraries compile or pack what they need for a shape. */
const WARM_UP_MS = 150;

/** `pnpm bench gemm`. */
export const gemm: Bench = {
  question: "How near to the machine's limit is a dense product C = A·B in f32, on one thread?",
  options: { rounds: 7, milliseconds: 100 },
  run,
};

/** Someone with a figure in GFLOP/s a turn: a contestant, or the machine's limit itself. */
interface Racer {
  readonly who: string;
  readonly version: string;
  race(product: GemmCase, milliseconds: number): Promise<number>;
}

async function run({ rounds, milliseconds }: BenchOptions, progress: (line: string) => void): Promise<BenchResult> {
  const size = Math.max(...GEMM_CASES.flatMap(({ m, k, n }) => [m * k, k * n]));
  const [a, b] = [uniforms(size, 1), uniforms(size, 2)];
  const models = Object.fromEntries(GEMM_CASES.map((product) => [`${product.name}.onnx`, modelOf(product, b)]));
  return withInputs({ "a.f32": a, "b.f32": b, ...models }, async (folder) => {
    progress("looking at the machine and at the rivals …");
    const numpy = await inspectNumpy();
    const { contestants, notes, close } = await lineUp(entriesFor(folder, numpy.present));
    try {
      const racers = [await peakRacer(), ...contestants.map((contestant) => racerOf(contestant, a, b))];
      const rows: Row[] = [];
      const ratios: Ratio[] = [];
      for (const product of GEMM_CASES) {
        const own = racers.filter(({ who }) => who !== TWO_THREADS || product.name === SQUARE);
        for (const racer of own) await racer.race(product, WARM_UP_MS);
        const figures = await interleave(own, {
          rounds,
          pauseMs: PAUSE_MS,
          turn: (racer) => racer.race(product, milliseconds),
        });
        const measured = own.map(({ who, version }, index): Measured => ({ who, version, figures: figures[index] }));
        progress(`${product.name}, GFLOP/s  ${measured.map((one) => `${one.who} ${median(one.figures).toFixed(1)}`).join("  ")}`);
        rows.push(...measured.map((one) => ({ ...rowOf(one), who: `${one.who}@${product.name}` })));
        ratios.push(...ratiosOf(worthRacing(numpy, measured), `@${product.name}`));
      }
      return {
        rows,
        ratios,
        notes: [
          `Medians of ${rounds} interleaved rounds, each the best call of ${milliseconds} ms; A is M × K and B K × N in MxKxN; -nt: B stands`,
          "transposed in memory, -tn: A does. Wide is compared with twice peak128; ONNX Runtime has packed B beforehand.",
          ...numpy.notes,
          ...notes,
        ],
      };
    } finally {
      await close();
    }
  });
}

function entriesFor(folder: string, numpy: boolean): Entry[] {
  const twoThreads: Entry = { who: TWO_THREADS, prepare: () => ourProgram(TWO_THREADS, "gemm.ts", ["narrow", folder, "2"]) };
  return [
    ...ourEntries("gemm.ts", [folder, "1"]),
    ...(availableParallelism() > 1 ? [twoThreads] : []),
    ...(numpy ? [numpyEntry("numpy", "numpy_gemm.py", [folder], 1)] : []),
    libraryEntry("onnxruntime-web", "onnxruntimeGemm.mjs", [folder]),
    libraryEntry("jax-js", "jaxGemm.mjs", [folder]),
    libraryEntry("tfjs-wasm", "tfjsGemm.mjs", [folder]),
  ];
}

async function peakRacer(): Promise<Racer> {
  const { version } = await measurePeak();
  return { who: PEAK, version, race: async () => (await measurePeak()).value };
}

function racerOf(contestant: ContestantProcess, a: Float32Array, b: Float32Array): Racer {
  const { who, version } = contestant;
  const race = async (product: GemmCase, milliseconds: number): Promise<number> => {
    const { m, k, n, name } = product;
    const probes = probesOf(product);
    const request: GemmRequest = { ...product, milliseconds, probes };
    const reply = await contestant.ask<GemmReply>(request);
    checkProduct(who, name, reply.values, expectedAt(product, a, b, probes));
    return (2 * m * k * n) / reply.milliseconds / 1e6;
  };
  return { who, version, race };
}

function rowOf({ who, version, figures }: Measured): Row {
  return { who, version, value: median(figures), unit: "GFLOP/s" };
}

function ratiosOf(measured: readonly Measured[], suffix: string): Ratio[] {
  const figuresOf = (name: string): readonly number[] | undefined => measured.find(({ who }) => who === name)?.figures;
  const peak = figuresOf(PEAK) ?? [];
  const [narrow, wide, twoThreads] = ["narrow", "wide", TWO_THREADS].map(figuresOf);
  const rivals = measured.filter(({ who }) => who !== PEAK && who !== TWO_THREADS);
  return [
    ...(narrow ? [ratioOfRates(`narrow/peak${suffix}`, narrow, peak)] : []),
    // 256 bits do twice as much at most.
    ...(wide
      ? [
          ratioOfRates(
            `wide/peak${suffix}`,
            wide,
            peak.map((rate) => 2 * rate),
          ),
        ]
      : []),
    ...(narrow && twoThreads ? [ratioOfRates("narrow/scaling2", twoThreads, narrow)] : []),
    ...rivalRatios(rivals, ratioOfRates, suffix),
  ];
}

function modelOf({ m, k, n, transposeA, transposeB }: GemmCase, b: Float32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const plain = !transposeA && !transposeB;
  return onnxModel({
    input: { name: "a", shape: transposeA ? [k, m] : [m, k] },
    output: { name: "c", shape: [m, n] },
    constants: [{ name: "b", shape: transposeB ? [n, k] : [k, n], values: b.slice(0, k * n) }],
    nodes: [
      plain
        ? { operator: "MatMul", inputs: ["a", "b"], output: "c" }
        : { operator: "Gemm", inputs: ["a", "b"], output: "c", attributes: { transA: Number(transposeA), transB: Number(transposeB) } },
    ],
  });
}
