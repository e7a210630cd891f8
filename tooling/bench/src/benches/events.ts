// What sinks cost: a whole run of the command with and without them, and a long made-up run through the host of sinks alone.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Bench, BenchOptions, BenchResult, Row } from "../Bench.ts";
import { BenchError, EXIT } from "../BenchError.ts";
import { ContestantProcess } from "../contestants/ContestantProcess.ts";
import { ourProgram } from "../contestants/programs.ts";
import { interleave } from "../interleave.ts";
import { ownVersion } from "../ours/serve.ts";
import { median, ratioOfDurations } from "../report/ratio.ts";
import { checkEvents, type EventsReply, type EventsRequest, type SinkEntry } from "./eventsReply.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const COMMAND = fileURLToPath(new URL("./main.js", import.meta.resolve("@downhill/pipeline")));
const REFERENCE = join(ROOT, "config.json");

/** `pnpm bench events`. */
export const events: Bench = {
  question: "What do sinks cost? The reference experiment with all that write files and with none; events through the host.",
  options: { rounds: 9, epochs: 500, events: 50_000, growth: 1_000_000 },
  run,
};

/** A run of the command under the name of its row. */
interface Variant {
  readonly who: string;
  readonly sinks: readonly SinkEntry[];
}

async function run({ rounds, epochs, events: count, growth }: BenchOptions, progress: (line: string) => void): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), "downhill-bench-"));
  try {
    const files: readonly SinkEntry[] = [
      { use: "json", path: join(folder, "lines.ndjson") },
      ...["csv", "plot", "tensorboard", "report"].map((use) => ({ use })),
    ];
    const training = await trainings(
      [
        { who: "none", sinks: [] },
        { who: "all-sinks", sinks: files },
      ],
      { rounds, epochs, folder, progress },
    );
    const single = [...files, { use: "console" }].map((sink): Variant => ({ who: sink.use, sinks: [sink] }));
    const rows: Row[] = [...training.rows];
    for (const { who, sinks } of [{ who: "none", sinks: [] }, ...single, { who: "all-sinks", sinks: files }]) {
      const { version, reply } = await play({ sinks, events: count, folder });
      rows.push({ who: `${who}@host`, version, value: (1000 * count) / reply.milliseconds, unit: "events/s" });
      progress(`host, ${who}: ${((1000 * count) / reply.milliseconds).toFixed(0)} events/s`);
    }
    for (const { who, sinks } of [
      { who: "recorder", sinks: [files[0]] },
      { who: "console-csv", sinks: [{ use: "console" }, { use: "csv" }] },
      { who: "all-sinks", sinks: files },
    ]) {
      const { version, reply } = await play({ sinks, events: growth, folder });
      rows.push({ who: `${who}@memory`, version, value: reply.growthBytes / 1e6, unit: "MB growth" });
      progress(`memory, ${who}: ${(reply.growthBytes / 1e6).toFixed(1)} MB over ${growth} events`);
    }
    return {
      rows,
      ratios: [ratioOfDurations("all-sinks/none", training.durations[1], training.durations[0])],
      notes: [
        `Medians of ${rounds} interleaved runs of ${epochs} epochs with the same weights at their end. all-sinks: json, csv, plot, tensorboard, report.`,
        "The ratio is of the time from the first epoch's begin to the last one's end, waiting included, which the run's own training time is not.",
        `Through the host: one process a row, ${count} events for their rate, ${growth} for memory.`,
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface TrainingOptions {
  readonly rounds: number;
  readonly epochs: number;
  readonly folder: string;
  readonly progress: (line: string) => void;
}

async function trainings(
  variants: readonly Variant[],
  { rounds, epochs, folder, progress }: TrainingOptions,
): Promise<{ readonly rows: Row[]; readonly durations: number[][] }> {
  const walls = variants.map((): number[] => []);
  const trained = variants.map((): number[] => []);
  const hashes = new Set<string>();
  const version = await ownVersion();
  const durations = await interleave(variants, {
    rounds,
    turn: async (variant) => {
      const start = performance.now();
      const { weightsSha256, durationMs } = await train(variant, epochs, folder);
      const place = variants.indexOf(variant);
      walls[place].push(performance.now() - start);
      trained[place].push(durationMs);
      hashes.add(weightsSha256);
      if (hashes.size > 1) throw new BenchError(EXIT.failed, `the sinks of ${variant.who} changed what was trained`);
      return epochsOf(await readFile(join(folder, "run", "events.ndjson"), "utf8"));
    },
    afterRound: (round, figures) =>
      progress(`${round}/${rounds}, ms of epochs  ${variants.map(({ who }, index) => `${who} ${figures[index].toFixed(0)}`).join("  ")}`),
  });
  const rows = variants.flatMap(({ who }, index): Row[] => [
    { who, version, value: median(durations[index]), unit: "ms of epochs" },
    { who, version, value: median(trained[index]), unit: "ms training" },
    { who, version, value: median(walls[index]), unit: "ms command" },
  ]);
  return { rows, durations };
}

// How long the epochs of a run took together, in milliseconds.
function epochsOf(lines: string): number {
  const epochs = lines
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly type: string; readonly at: string; readonly durationMs: number })
    .filter(({ type }) => type === "epochCompleted");
  return Date.parse(epochs[epochs.length - 1].at) - Date.parse(epochs[0].at) + epochs[0].durationMs;
}

/** What the command's line of results says, as far as it is of interest here. */
interface TrainingSummary {
  readonly durationMs: number;
  readonly weightsSha256: string;
}

async function train({ sinks }: Variant, epochs: number, folder: string): Promise<TrainingSummary> {
  const values = [`epochs=${epochs}`, `sinks=${JSON.stringify(sinks)}`].flatMap((value) => ["--set", value]);
  const args = [COMMAND, "run", REFERENCE, "--json", "--quiet", "--out", join(folder, "run"), "--overwrite", ...values];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout) as TrainingSummary;
  } catch (cause) {
    throw new BenchError(EXIT.failed, `the command failed: ${(cause as Error).message}`, { cause });
  }
}

// A process of its own each time, so that memory is nobody else's.
async function play(request: EventsRequest): Promise<{ readonly version: string; readonly reply: EventsReply }> {
  const contestant = new ContestantProcess(ourProgram("host", "events.mjs", []));
  try {
    await contestant.ready();
    const reply = await contestant.ask<EventsReply>(request);
    checkEvents(request, reply);
    return { version: contestant.version, reply };
  } finally {
    await contestant.close();
  }
}
