// Training on shuffled mini-batches of all of MNIST, where a step is short: every contestant a process of its own.
import { availableParallelism } from "node:os";
import type { Bench, BenchOptions, BenchResult, Row } from "../Bench.ts";
import type { ContestantProcess } from "../contestants/ContestantProcess.ts";
import { libraryEntry, numpyEntry, ourEntries } from "../contestants/entries.ts";
import { type Entry, lineUp } from "../contestants/lineUp.ts";
import { inspectNumpy, worthRacing } from "../contestants/numpy.ts";
import { requireData } from "../dataFolder.ts";
import { interleave } from "../interleave.ts";
import { atTheirBest, type Measured, rivalRatios } from "../report/Measured.ts";
import { median, ratioOfRates } from "../report/ratio.ts";
import { CHECKED_SAMPLES, checkTurns, type MinibatchReply } from "./minibatchReply.ts";

const FILES = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"];

/** `pnpm bench minibatch`. */
export const minibatch: Bench = {
  question: "How many images a second does mini-batch training take? 784 → 128 relu → 10 softmax, MNIST / 255, batch 64, SGD.",
  options: { rounds: 7, batches: 100, threads: availableParallelism() },
  run,
};

async function run({ rounds, batches, threads }: BenchOptions, progress: (line: string) => void): Promise<BenchResult> {
  const folder = requireData("mnist", FILES);
  progress("looking at the rivals …");
  const numpy = await inspectNumpy();
  // Slow rivals train on some batches a turn, the others on all of them.
  const some = [folder, String(batches)];
  const entries: Entry[] = [
    ...ourEntries("minibatch.ts", [folder, String(threads)]),
    ...(numpy.present ? [...new Set([1, threads])].map((count) => numpyEntry("numpy-f32", "numpy_minibatch.py", [folder], count)) : []),
    libraryEntry("tfjs-wasm", "tfjsMinibatchFit.mjs", some),
    libraryEntry("tfjs-wasm", "tfjsMinibatchTuned.mjs", some, "tfjs-wasm-tuned"),
    libraryEntry("jax-js", "jaxMinibatch.mjs", some),
  ];
  const { contestants, notes, close } = await lineUp(entries);
  try {
    progress(`warming up; then ${rounds} rounds, in thousands of images a second`);
    const turns = new Map(contestants.map((contestant) => [contestant, [] as MinibatchReply[]]));
    const rate = async (contestant: ContestantProcess): Promise<number> => {
      const reply = await contestant.ask<MinibatchReply>({});
      turns.get(contestant)?.push(reply);
      return (1000 * reply.samples) / reply.milliseconds;
    };
    for (const contestant of contestants) await rate(contestant);
    const rates = await interleave(contestants, {
      rounds,
      turn: rate,
      afterRound: (round, figures) =>
        progress(`${round}/${rounds}  ${contestants.map(({ who }, index) => `${who} ${(figures[index] / 1000).toFixed(1)}`).join("  ")}`),
    });
    for (const contestant of contestants) {
      const own = turns.get(contestant) ?? [];
      while (own.reduce((sum, { samples }) => sum + samples, 0) < CHECKED_SAMPLES) await rate(contestant);
      checkTurns(contestant.who, own);
    }
    const raced = contestants.map(({ who, version }, index): Measured => ({ who, version, figures: rates[index] }));
    const measured = atTheirBest(raced, "most");
    return {
      rows: [...measured.map(rowOf), ...numpy.rows],
      ratios: rivalRatios(worthRacing(numpy, measured), ratioOfRates),
      notes: [
        `Medians of ${rounds} interleaved rounds; a turn is an epoch of 60,000 images, for the rivals from the registry ${batches} batches.`,
        "tfjs-wasm is model.fit, which is what its users train with; tfjs-wasm-tuned has its gradients written by hand.",
        `NumPy, where it takes part, has the faster of 1 and ${threads} threads.`,
        ...numpy.notes,
        ...notes,
      ],
    };
  } finally {
    await close();
  }
}

function rowOf({ who, version, figures }: Measured): Row {
  return { who, version, value: median(figures), unit: "samples/s" };
}
