// A new run from a checked config to a run folder: sinks and trainer are made ready, the folder is placed, and the run is
// driven to its end.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunControl, Terminal, TrainingFact } from "@downhill/sinks";
import type { Config, SinkConfig } from "../config/Config.ts";
import type { LoadedConfig } from "../config/loadConfig.ts";
import { variablesIn } from "../config/variables.ts";
import { type Lock, takeLock } from "../files/takeLock.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { prepareSink, type PreparedSink } from "../sinks/prepareSink.ts";
import { type RunningTrainer, startTrainer } from "../startTrainer.ts";
import { driveRun, type RunResult } from "./driveRun.ts";
import { environmentOf } from "./environment.ts";
import { makeManifest, type Manifest } from "./manifest.ts";
import { checkOut, createRunFolder, RUN_FILES, type RunFolderOptions } from "./runFolder.ts";

/** How long a lock is held before that is believed, and how often it is looked at. */
const [HELD_MS, POLL_MS] = [1000, 100];

/** How a run is driven. */
export interface DriveOptions {
  readonly terminal: Terminal;
  /** Asks the run to end after the batch under way. */
  readonly signal: AbortSignal;
  /** Asks for the same, from within. */
  readonly stop: () => void;
  /** Leaves the console sink out. */
  readonly quiet?: boolean;
  /** Keeps standard output for the result. */
  readonly json?: boolean;
}

/** How a run is made. */
export type RunOptions = RunFolderOptions & DriveOptions;

/**
 * Trains what the config describes. Throws a PipelineError, after the sinks have seen `runCompleted`, when it fails, and the signal's
 * reason when it is aborted before there is anything to train.
 */
export async function run(loaded: LoadedConfig, options: RunOptions): Promise<RunResult> {
  const { config, directory } = loaded;
  const { signal, terminal } = options;
  const startedAt = new Date();
  await checkOut(options);
  const prepared = await unlessAborted(signal, prepareSinks(loaded, options));
  const trainer = await startTrainer(config, signal);
  try {
    const id = `${config.name}-${randomUUID().slice(0, 8)}`;
    const manifest = await makeManifest(loaded, { id, startedAt, files: trainer.loaded.files });
    const runDir = await createRunFolder(manifest, options);
    const context = { run: id, directory: runDir, configDirectory: directory, terminal, control: controlOf(trainer, options) };
    return await locked(runDir, () =>
      driveRun({ loaded, trainer, context, prepared, opening: openingFacts(loaded, manifest, trainer), signal }),
    );
  } finally {
    await trainer.terminate();
  }
}

/** What `work` comes to; throws the signal's reason if that aborts first, whatever becomes of the work. */
export async function unlessAborted<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
  });
  work.catch(() => undefined);
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener("abort", stop));
}

/** The sinks of a config, ready to be opened. Throws a PipelineError (usage) if one can't be had. */
export async function prepareSinks(
  { config, directory, shown }: LoadedConfig,
  { quiet = false, json = false }: Pick<DriveOptions, "quiet" | "json">,
): Promise<PreparedSink[]> {
  const { sinks: written } = shown as Pick<Config, "sinks">;
  const wanted = config.sinks.filter(({ use }) => !(quiet && use === "console"));
  return Promise.all(
    wanted.map((sink) => {
      const index = config.sinks.indexOf(sink);
      return prepareSink(sink, { index, directory, hidden: hiddenFrom(index, written), ...(json && { output: process.stderr }) });
    }),
  );
}

/** The variables that the options of other sinks are made of, and those of sink `index` are not. */
export function hiddenFrom(index: number, written: readonly SinkConfig[]): ReadonlySet<string> {
  const own = variablesIn(written[index]);
  return new Set([...variablesIn(written.toSpliced(index, 1))].filter((name) => !own.has(name)));
}

/** What a sink may ask of the run. */
export function controlOf({ request }: RunningTrainer, { stop }: Pick<DriveOptions, "stop">): RunControl {
  return {
    get paused() {
      return request.resting;
    },
    pause: () => request.rest(),
    resume: () => request.goOn(),
    stop,
  };
}

/** Does `work` while no other process can train the run. Throws a PipelineError (usage) if one does, or if nothing can be written there. */
export async function locked<Value>(runDir: string, work: () => Promise<Value>): Promise<Value> {
  const take = (): Promise<Lock> =>
    takeLock(join(runDir, RUN_FILES.lock)).catch((cause: Error) => {
      throw new PipelineError(EXIT.usage, `${runDir} can't be written to: ${cause.message}`, { cause });
    });
  let lock = await take();
  // A process that was killed a moment ago may still be about to end.
  for (let waited = 0; "holder" in lock && waited < HELD_MS; waited += POLL_MS) {
    await sleep(POLL_MS);
    lock = await take();
  }
  if ("holder" in lock)
    throw new PipelineError(EXIT.usage, `${runDir} is being trained by process ${lock.holder}; wait for it, or stop it`);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/** What is told before the first epoch. */
export function openingFacts({ config, shown }: LoadedConfig, manifest: Manifest, { loaded }: RunningTrainer): TrainingFact[] {
  const { sets, model, shown: pictures, notices } = loaded;
  return [
    { type: "runStarted", name: config.name, config: shown, epochs: config.epochs, environment: environmentOf(manifest, loaded) },
    { type: "dataLoaded", sets, model },
    ...notices.map((message): TrainingFact => ({ type: "warningRaised", message })),
    ...pictures,
  ];
}
