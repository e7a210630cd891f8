// One run from a checked config to a run folder: sinks and trainer are made ready, the folder is placed, the stream
// runs, and everything is closed however it ends.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { RunContext, RunEnd, Terminal, TrainingFact } from "@downhill/sinks";
import jsonSink from "@downhill/sinks/json";
import { lastValueFrom } from "rxjs";
import type { LoadedConfig } from "../config/loadConfig.ts";
import { exitCodeOf } from "../failure.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { DEFAULT_DELIVERY, prepareSink } from "../sinks/prepareSink.ts";
import { SinkHost } from "../sinks/SinkHost.ts";
import type { SinkQueueOptions } from "../sinks/SinkQueue.ts";
import { type RunningTrainer, startTrainer } from "../startTrainer.ts";
import type { Loaded, Outcome } from "../trainer/protocol.ts";
import { runEvents$ } from "./events.ts";
import { makeManifest } from "./manifest.ts";
import { checkOut, createRunFolder, RUN_FILES, type RunFolderOptions } from "./runFolder.ts";
import { stamper } from "./stamper.ts";
import { writeFileAtomically } from "./writeFileAtomically.ts";

/** How a run is made. */
export interface RunOptions extends RunFolderOptions {
  readonly terminal: Terminal;
  /** Asks the run to end after the batch under way. */
  readonly signal: AbortSignal;
  /** Leaves the console sink out. */
  readonly quiet?: boolean;
}

/** What a run came to. */
export interface RunResult {
  readonly runDir: string;
  readonly reason: RunEnd;
  readonly outcome: Outcome;
  /** Threads that computed, and whether 128 or 256 bits at a time. */
  readonly threads: number;
  readonly compute: Loaded["compute"];
}

/**
 * Trains what the config describes. Throws a PipelineError, after the sinks have seen `runCompleted`, when it fails, and the signal's
 * reason when it is aborted before there is anything to train.
 */
export async function run(loaded: LoadedConfig, options: RunOptions): Promise<RunResult> {
  const { config, directory } = loaded;
  const { signal, terminal, quiet = false } = options;
  const startedAt = new Date();
  await checkOut(options);
  const wanted = config.sinks.filter(({ use }) => !(quiet && use === "console"));
  const prepared = await Promise.all(wanted.map((sink) => prepareSink(sink, config.sinks.indexOf(sink), directory)));

  const trainer = await startTrainer(config, signal);
  try {
    const id = `${config.name}-${randomUUID().slice(0, 8)}`;
    const manifest = await makeManifest(loaded, { id, startedAt, files: trainer.loaded.files });
    const runDir = await createRunFolder(manifest, options);
    const context: RunContext = { run: id, directory: runDir, configDirectory: directory, terminal };
    const sinks = new SinkHost(stamper(id, loaded.redact), [recorder(context), ...prepared.map((prepare) => prepare(context))]);
    return await stream(sinks, trainer, { loaded, signal, runDir, terminal });
  } finally {
    await trainer.terminate();
  }
}

async function stream(
  sinks: SinkHost,
  trainer: RunningTrainer,
  { loaded, signal, runDir, terminal }: { loaded: LoadedConfig; signal: AbortSignal; runDir: string; terminal: Terminal },
): Promise<RunResult> {
  let reason: RunEnd = "failed";
  let outcome: Outcome;
  await sinks.open();
  try {
    const last = await lastValueFrom(
      runEvents$({
        sinks,
        trainer,
        opening: openingFacts(loaded, trainer),
        epochs: loaded.config.epochs,
        signal,
        save: ({ model }) => saveModel(join(runDir, RUN_FILES.model), model),
      }),
    );
    reason = last.type === "runCompleted" ? last.reason : "failed";
    outcome = trainer.outcome();
  } catch (error) {
    if (exitCodeOf(error) === EXIT.diverged) reason = "diverged";
    throw error;
  } finally {
    const late = await sinks.close(reason);
    for (const { sink, message } of late) terminal.write(`the sink ${sink} failed: ${loaded.redact(message)}\n`);
  }
  // A required sink can fail as late as in its close.
  sinks.checkRequired();
  const { threads, compute } = trainer.loaded;
  return { runDir, reason, outcome, threads, compute };
}

function openingFacts({ config, shown }: LoadedConfig, { loaded }: RunningTrainer): TrainingFact[] {
  const { sets, model, shown: pictures, notices } = loaded;
  return [
    { type: "runStarted", name: config.name, config: shown, epochs: config.epochs },
    { type: "dataLoaded", sets, model },
    ...notices.map((message): TrainingFact => ({ type: "warningRaised", message })),
    ...pictures,
  ];
}

async function saveModel(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFileAtomically(path, bytes);
  } catch (cause) {
    throw new PipelineError(EXIT.unexpected, `${path} (${bytes.length} bytes) can't be written: ${(cause as Error).message}`, { cause });
  }
}

// Every run writes events.ndjson itself, and can't do without it.
function recorder(context: RunContext): SinkQueueOptions {
  return {
    name: "recorder",
    delivery: { ...DEFAULT_DELIVERY, timeoutMs: 60_000, required: true },
    open: async () => jsonSink.open({ path: join(context.directory, RUN_FILES.events) }, context),
  };
}
