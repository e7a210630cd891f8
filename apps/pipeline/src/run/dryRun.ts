// `run --dry-run`: all that a run does before its first epoch, and a rehearsal of that; nothing is written and no sink is opened.
import type { SampleSet } from "@downhill/sinks";
import type { LoadedConfig } from "../config/loadConfig.ts";
import { prepareSinks } from "../sinks/prepareSinks.ts";
import { createTrainer } from "../trainer/createTrainer.ts";
import type { Loaded } from "../trainer/protocol.ts";
import type { Rehearsal } from "../trainer/rehearse.ts";
import type { RunOptions } from "./run.ts";
import { checkOut } from "./runFolder.ts";

/** What a dry run has found. */
export interface DryRun extends Rehearsal {
  readonly sets: readonly SampleSet[];
  readonly model: Loaded["model"];
  readonly epochs: number;
  readonly compute: Loaded["compute"];
  readonly threads: number;
  /** Lines that a person should read. */
  readonly warnings: readonly string[];
}

/** Rehearses what the config describes. Throws a PipelineError, as the run would, where something is wrong. */
export async function dryRun(loaded: LoadedConfig, options: RunOptions): Promise<DryRun> {
  await checkOut(options);
  await prepareSinks(loaded, options);
  const trainer = await createTrainer(loaded.config);
  const { sets, model, compute, threads, notices } = trainer.loaded;
  const { epochs } = loaded.config;
  return { sets, model, epochs, ...(await trainer.rehearse()), compute, threads, warnings: notices.map(loaded.redact) };
}
