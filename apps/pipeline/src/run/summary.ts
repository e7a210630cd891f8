// What scripts read of a run, without what only pictures are made of: the line of `--json`, kept in the run folder so that a
// finished run can tell it again.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FinalResult, Result } from "@downhill/sinks";
import type { Loaded, Outcome } from "../trainer/protocol.ts";
import { RUN_FILES } from "./runFolder.ts";

/** The line, without the run's folder, which may be moved. */
export type RunSummary = Pick<Outcome, "epochs" | "train" | "weightsSha256" | "durationMs" | "samplesPerSecond"> & {
  readonly validation?: Result;
  readonly test?: Result;
} & Pick<Loaded, "compute" | "threads">;

/** What there is to tell of a run. */
export function summarize(outcome: Outcome, { threads, compute }: Pick<Loaded, "compute" | "threads">): RunSummary {
  const { epochs, train, validation, test, weightsSha256, durationMs, samplesPerSecond } = outcome;
  return {
    epochs,
    train,
    ...(validation && { validation: measures(validation) }),
    ...(test && { test: measures(test) }),
    weightsSha256,
    compute,
    threads,
    durationMs,
    samplesPerSecond,
  };
}

function measures(found: FinalResult): Result {
  const { confusionMatrix: _, ...result } = found;
  return result;
}

/** What a finished run has stored; undefined if it hasn't, or if that is damaged. */
export async function readSummary(runDir: string): Promise<RunSummary | undefined> {
  const text = await readFile(join(runDir, RUN_FILES.result), "utf8").catch(() => "");
  try {
    return JSON.parse(text) as RunSummary;
  } catch {
    return undefined;
  }
}
