// A run that was interrupted, gone on with from its last whole checkpoint: to the same bits, and without telling anything twice.
import { access } from "node:fs/promises";
import { join } from "node:path";
import type { TrainingFact } from "@downhill/sinks";
import { openCheckpoint, type OpenedCheckpoint } from "../checkpoint/openCheckpoint.ts";
import type { LoadedConfig } from "../config/loadConfig.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { prepareSinks } from "../sinks/prepareSinks.ts";
import { startTrainer } from "../startTrainer.ts";
import { sourceFiles } from "../trainer/sourceFiles.ts";
import { unlessAborted } from "../unlessAborted.ts";
import { controlOf } from "./controlOf.ts";
import { driveRun, type RunResult } from "./driveRun.ts";
import { locked } from "./locked.ts";
import type { Manifest } from "./manifest.ts";
import { openingFacts } from "./openingFacts.ts";
import { keepRecorded, readRecorded, type Recorded } from "./recordedEvents.ts";
import type { DriveOptions } from "./run.ts";
import { RUN_FILES } from "./runFolder.ts";
import { readSummary, type RunSummary } from "./summary.ts";

/** The run to go on with. */
export interface InterruptedRun {
  /** Absolute. */
  readonly runDir: string;
  readonly manifest: Manifest;
  readonly loaded: LoadedConfig;
}

/**
 * Goes on with a run, from its beginning if it has no checkpoint; what a finished run came to is only read. Throws a PipelineError
 * when it fails, when no checkpoint is whole (model), when the data are not what they were (data), and where another process
 * trains it (usage).
 */
export async function resume(interrupted: InterruptedRun, options: DriveOptions): Promise<RunResult> {
  const { runDir } = interrupted;
  // Needs no lock: a finished run may lie where nothing can be written.
  const summary = await summaryOf(runDir, await readEvents(join(runDir, RUN_FILES.events)));
  return summary === undefined ? locked(runDir, () => goOn(interrupted, options)) : { runDir, summary };
}

// What a run came to that has said that it is finished.
async function summaryOf(runDir: string, recorded: Recorded | undefined): Promise<RunSummary | undefined> {
  const end = recorded?.completed?.reason;
  return end === "finished" || end === "stoppedEarly" ? readSummary(runDir) : undefined;
}

async function goOn({ runDir, manifest, loaded }: InterruptedRun, options: DriveOptions): Promise<RunResult> {
  const events = join(runDir, RUN_FILES.events);
  const recorded = await readEvents(events);
  // Whoever had the lock may have finished it.
  const summary = await summaryOf(runDir, recorded);
  if (summary !== undefined) return { runDir, summary };

  const opened = await openCheckpoint(join(runDir, RUN_FILES.checkpoints));
  if (opened !== undefined && opened.checkpoint.state.run !== manifest.run)
    throw new PipelineError(EXIT.model, `${opened.path} is of the run ${opened.checkpoint.state.run}; this is ${manifest.run}`);
  const { signal, terminal } = options;
  const prepared = await unlessAborted(signal, prepareSinks(loaded, options));
  // Before the checkpoint is laid on a model that other data would have made.
  await checkData(manifest, loaded);
  const trainer = await startTrainer(loaded.config, signal, opened?.checkpoint).catch((error: unknown) => {
    throw error instanceof PipelineError && error.exitCode === EXIT.model && opened !== undefined
      ? new PipelineError(EXIT.model, `${opened.path} is of another model: ${error.message}`, { cause: error })
      : error;
  });
  try {
    if (recorded !== undefined) await keepRecorded(events, recorded);
    const context = {
      run: manifest.run,
      directory: runDir,
      configDirectory: loaded.directory,
      terminal,
      control: controlOf(trainer, options),
      recorded: { path: events, bytes: recorded?.bytes ?? 0 },
    };
    const opening = [...openingFacts(loaded, manifest, trainer).slice(recorded?.opening), ...resumedFacts(opened, loaded.config.epochs)];
    return await driveRun({ loaded, trainer, context, prepared, opening, signal, ...(recorded && { recorded }) });
  } finally {
    await trainer.terminate();
  }
}

// Undefined if the run was interrupted before its first event.
async function readEvents(path: string): Promise<Recorded | undefined> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (!exists) return undefined;
  return readRecorded(path).catch((cause: Error) => {
    throw new PipelineError(EXIT.model, `${path} is damaged, so the run can't go on from it: ${cause.message}`, { cause });
  });
}

function resumedFacts(opened: OpenedCheckpoint | undefined, epochs: number): TrainingFact[] {
  const { epoch, batch } = opened?.checkpoint.state.position ?? { epoch: 0, batch: 0 };
  const within = batch === 0 ? "" : ` and ${batch} batches`;
  const messages = [...(opened?.notices ?? []), `resumed after ${epoch} of ${epochs} epochs${within}`];
  return messages.map((message) => ({ type: "warningRaised", message }));
}

async function checkData({ data }: Manifest, { config, redact }: LoadedConfig): Promise<void> {
  const files = await sourceFiles(config.data);
  const changed = files.find(({ sha256 }, index) => sha256 !== data[index]?.sha256);
  if (changed === undefined && files.length === data.length) return;
  throw new PipelineError(
    EXIT.data,
    `${changed === undefined ? "a file" : redact(changed.path)} has changed since the run began, so it can't go on to what it would have been; start a new run`,
  );
}
