// The reference experiment on its real files: full-batch gradient descent, every contestant a process of its own.
import { availableParallelism } from "node:os";
import type { Bench, BenchOptions, BenchResult, Row } from "../Bench.ts";
import { libraryEntry, numpyEntry, ourEntries } from "../contestants/entries.ts";
import { EpochTrainer } from "../contestants/EpochTrainer.ts";
import { type Entry, lineUp } from "../contestants/lineUp.ts";
import { inspectNumpy, worthRacing } from "../contestants/numpy.ts";
import { requireData } from "../dataFolder.ts";
import { interleave } from "../interleave.ts";
import { measurePeak } from "../machine/measurePeak.ts";
import { type Measured, rivalRatios } from "../report/Measured.ts";
import { median, ratioOfDurations } from "../report/ratio.ts";
import { checkCosts, CHECKED_EPOCHS, checkFirstCosts, FIRST_EPOCHS } from "./publishedCosts.ts";

const FILES = ["train_X.csv", "train_label.csv"];
/** First epochs run in baseline code and take memory for the first time. */
const WARM_UP = 10;
/** The rival that takes most of a second an epoch: it trains few of them, and its costs are checked as far as they go. */
const SLOW = "tfjs-wasm-fit";
const SLOW_WARM_UP = 2;
/** GFLOP an epoch of 1000 images: X·W1 and Xᵀ·dZ1 (784 × 1000), A1·W2, A1ᵀ·dZ2 and dZ2·W2ᵀ (1000 × 10). */
const GFLOP = (2 * 1000 * (2 * 784 * 1000 + 3 * 1000 * 10)) / 1e9;

/** `pnpm bench seed`. */
export const seed: Bench = {
  question: "How long does an epoch of the reference experiment take? 784 → 1000 relu → 10 softmax, 1000 images, full batch.",
  options: { epochs: 10, rounds: 9, threads: availableParallelism() },
  run,
};

async function run({ epochs, rounds, threads }: BenchOptions, progress: (line: string) => void): Promise<BenchResult> {
  const folder = requireData("mini-mnist", FILES);
  progress("looking at the machine and at the rivals …");
  const peak = await measurePeak();
  const numpy = await inspectNumpy();
  const numpyEntries = ["f32", "f64"].map((type) => numpyEntry(`numpy-${type}`, "numpy_seed.py", [folder, type], threads));
  const entries: Entry[] = [
    ...ourEntries("seed.ts", [folder, String(threads)]),
    ...(numpy.present ? numpyEntries : []),
    libraryEntry("tfjs-wasm", "tfjsSeed.mjs", [folder], SLOW),
  ];
  const { contestants, notes, close } = await lineUp(entries);
  try {
    const all = contestants.map((contestant) => new EpochTrainer(contestant));
    progress(`warming up; then ${rounds} rounds of ${epochs} epochs, in ms an epoch`);
    for (const trainer of all) await trainer.trainTo(trainer.who === SLOW ? SLOW_WARM_UP : WARM_UP);
    const times = await interleave(all, {
      rounds,
      turn: (trainer) => trainer.time(trainer.who === SLOW ? 1 : epochs),
      afterRound: (round, figures) =>
        progress(`${round}/${rounds}  ${all.map(({ who }, index) => `${who} ${figures[index].toFixed(2)}`).join("  ")}`),
    });
    for (const trainer of all) await check(trainer);
    const measured = all.map(({ who, version }, index): Measured => ({ who, version, figures: times[index] }));
    return {
      rows: [...measured.flatMap(rowsOf), ...all.flatMap(overheadRows), ...numpy.rows, peak],
      ratios: rivalRatios(worthRacing(numpy, measured), ratioOfDurations),
      notes: [
        `Medians of ${rounds} interleaved rounds of ${epochs} epochs (${SLOW}: 1). GFLOP/s count every product as dense, ${GFLOP.toFixed(2)} GFLOP`,
        "an epoch: who leaves out the zeros of the images can stand above the peak. Outside: the share of our epochs that is not",
        "in WebAssembly; dispatch: from JavaScript to all threads and back.",
        ...numpy.notes,
        ...notes,
      ],
    };
  } finally {
    await close();
  }
}

async function check(trainer: EpochTrainer): Promise<void> {
  await trainer.trainTo(trainer.who === SLOW ? FIRST_EPOCHS : CHECKED_EPOCHS);
  (trainer.who === SLOW ? checkFirstCosts : checkCosts)(trainer.who, trainer.costs);
}

function overheadRows({ who, version, overhead }: EpochTrainer): Row[] {
  if (overhead === undefined) return [];
  return [
    { who, version, value: 100 * overhead.outside, unit: "% outside" },
    { who, version, value: overhead.dispatch, unit: "µs dispatch" },
  ];
}

function rowsOf({ who, version, figures }: Measured): Row[] {
  const value = median(figures);
  return [
    { who, version, value, unit: "ms/epoch" },
    { who, version, value: (GFLOP / value) * 1000, unit: "GFLOP/s" },
  ];
}
