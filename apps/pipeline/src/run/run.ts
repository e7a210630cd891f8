// A new run from a checked config to a run folder: sinks and trainer are made ready, the folder is placed, and the run is
// driven to its end.
import { randomUUID } from "node:crypto";
import type { Terminal } from "@downhill/sinks";
import type { LoadedConfig } from "../config/loadConfig.ts";
import { prepareSinks, type SinkWishes } from "../sinks/prepareSinks.ts";
import { startTrainer } from "../startTrainer.ts";
import { unlessAborted } from "../unlessAborted.ts";
import { controlOf } from "./controlOf.ts";
import { driveRun, type RunResult } from "./driveRun.ts";
import { locked } from "./locked.ts";
import { makeManifest } from "./manifest.ts";
import { openingFacts } from "./openingFacts.ts";
import { checkOut, createRunFolder, type RunFolderOptions } from "./runFolder.ts";

/** How a run is driven. */
export interface DriveOptions extends SinkWishes {
  readonly terminal: Terminal;
  /** Asks the run to end after the batch under way. */
  readonly signal: AbortSignal;
  /** Asks for the same, from within. */
  readonly stop: () => void;
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
