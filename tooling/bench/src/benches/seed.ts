// The reference experiment on its real files: full-batch gradient descent, every contestant a process of its own.
import { availableParallelism } from "node:os";
import type { Bench, BenchOptions, BenchResult, Row } from "../Bench.ts";
import { EpochTrainer } from "../contestants/EpochTrainer.ts";
import { inspectNumpy } from "../contestants/numpy.ts";
import { ourProgram, pythonRival } from "../contestants/programs.ts";
import { requireData } from "../dataFolder.ts";
import { interleave } from "../interleave.ts";
import { measurePeak } from "../machine/measurePeak.ts";
import { median, ratioOfDurations } from "../report/ratio.ts";
import { checkCosts, CHECKED_EPOCHS } from "./publishedCosts.ts";

const FILES = ["train_X.csv", "train_label.csv"];
/** First epochs run in baseline code and take memory for the first time. */
const WARM_UP = 10;
/** GFLOP an epoch of 1000 images: X·W1 and Xᵀ·dZ1 (784 × 1000), A1·W2, A1ᵀ·dZ2 and dZ2·W2ᵀ (1000 × 10). */
const GFLOP = (2 * 1000 * (2 * 784 * 1000 + 3 * 1000 * 10)) / 1e9;

/** `pnpm bench seed`. */
export const seed: Bench = {
  question: "How long does an epoch of the reference experiment take? 784 → 1000 relu → 10 softmax, 1000 images, full batch.",
  options: { epochs: 10, rounds: 9 },
  run,
};

async function run({ epochs, rounds }: BenchOptions, progress: (line: string) => void): Promise<BenchResult> {
  const folder = requireData("mini-mnist", FILES);
  progress("looking at the machine and at NumPy …");
  const peak = await measurePeak();
  const numpy = await inspectNumpy();
  const threads = availableParallelism();
  const ours = [new EpochTrainer(ourProgram("narrow", "seed.ts", [folder]))];
  const rivals = numpy.present
    ? ["f32", "f64"].map((type) => new EpochTrainer(pythonRival(`numpy-${type}`, "numpy_seed.py", [folder, type], threads)))
    : [];
  const all = [...ours, ...rivals];
  try {
    await Promise.all(all.map((trainer) => trainer.ready()));
    progress(`warming up; then ${rounds} rounds of ${epochs} epochs, in ms an epoch`);
    for (const trainer of all) await trainer.trainTo(WARM_UP);
    const times = await interleave(all, {
      rounds,
      turn: (trainer) => trainer.time(epochs),
      afterRound: (round, figures) =>
        progress(`${round}/${rounds}  ${all.map(({ who }, index) => `${who} ${figures[index].toFixed(2)}`).join("  ")}`),
    });
    for (const trainer of all) {
      await trainer.trainTo(CHECKED_EPOCHS);
      checkCosts(trainer.who, trainer.costs);
    }
    return {
      rows: [...all.flatMap((trainer, index) => rowsOf(trainer, times[index])), ...numpy.rows, peak],
      ratios: numpy.rival
        ? ours.flatMap((own, index) =>
            rivals.map((rival, place) => ratioOfDurations(`${own.who}/${rival.who}`, times[index], times[ours.length + place])),
          )
        : [],
      notes: [
        `Medians of ${rounds} interleaved rounds of ${epochs} epochs. GFLOP/s count every product as dense, ${GFLOP.toFixed(2)} GFLOP an epoch:`,
        "who leaves out the zeros of the images can stand above the peak.",
        ...numpy.notes,
      ],
    };
  } finally {
    await Promise.all(all.map((trainer) => trainer.close()));
  }
}

function rowsOf({ who, version }: EpochTrainer, milliseconds: readonly number[]): Row[] {
  const value = median(milliseconds);
  return [
    { who, version, value, unit: "ms/epoch" },
    { who, version, value: (GFLOP / value) * 1000, unit: "GFLOP/s" },
  ];
}
