// A run that is ready, new or gone on with: its stream runs, what comes of it is stored, and everything is closed however it
// ends.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Delivery, RunEnd, TrainingFact } from "@downhill/sinks";
import jsonSink from "@downhill/sinks/json";
import { lastValueFrom } from "rxjs";
import type { LoadedConfig } from "../config/loadConfig.ts";
import { exitCodeOf } from "../failure.ts";
import { writeFileAtomically } from "../files/writeFileAtomically.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { DEFAULT_DELIVERY } from "../sinks/inspectSink.ts";
import type { PreparedSink } from "../sinks/prepareSink.ts";
import { contextFor, type SinkContext } from "../sinks/SinkContext.ts";
import { SinkHost } from "../sinks/SinkHost.ts";
import type { SinkQueueOptions } from "../sinks/SinkQueue.ts";
import type { RunningTrainer } from "../startTrainer.ts";
import type { Outcome } from "../trainer/protocol.ts";
import { runEvents$ } from "./events.ts";
import type { Recorded } from "./recordedEvents.ts";
import { RUN_FILES } from "./runFolder.ts";
import { shortened, Stamper } from "./Stamper.ts";
import { type RunSummary, summarize } from "./summary.ts";

const RECORDER = "recorder";

/** What part of the smallest queue that training waits for may come at a time. */
const QUEUE_PART = 1 / 8;

/** A run that is ready to be driven. */
export interface ReadyRun {
  readonly loaded: LoadedConfig;
  readonly trainer: RunningTrainer;
  readonly context: SinkContext;
  readonly prepared: readonly PreparedSink[];
  /** What is told before training. */
  readonly opening: readonly TrainingFact[];
  readonly signal: AbortSignal;
  /** What was told before it was interrupted. */
  readonly recorded?: Recorded;
}

/** What a run came to. */
export interface RunResult {
  readonly runDir: string;
  readonly summary: RunSummary;
}

/** Drives a run to its end. Throws a PipelineError, after the sinks have seen `runCompleted`, when it fails. */
export async function driveRun({ loaded, trainer, context, prepared, opening, signal, recorded }: ReadyRun): Promise<RunResult> {
  const { config, redact } = loaded;
  const { run, directory: runDir, terminal } = context;
  const { threads, compute } = trainer.loaded;
  const wanted = prepared.map((prepare) => prepare(context));
  const asked = {
    batches: wanted.some(({ delivery }) => delivery.batches),
    live: wanted.some(({ delivery }) => delivery.live),
    together: togetherFor(wanted.map(({ delivery }) => delivery)),
  };
  const stamper = new Stamper(run, { redact, ...(recorded && { first: recorded.next }) });
  const sinks = new SinkHost(stamper, [recorder(context), ...wanted], ({ sink, message }) =>
    terminal.write(`the sink ${sink} failed: ${shortened(redact(message))}\n`),
  );
  let reason: RunEnd = "failed";
  await sinks.open();
  try {
    const last = await lastValueFrom(
      runEvents$({
        sinks,
        trainer,
        opening,
        run: { run, checkpoints: join(runDir, RUN_FILES.checkpoints), ...asked },
        epochs: config.epochs,
        signal,
        async settle() {
          await sinks.settle(RECORDER);
          sinks.checkRequired();
        },
        ...(recorded && { wasTold: recorded.wasTold }),
        save: (outcome, end) => store(runDir, outcome, end === "aborted" ? undefined : summarize(outcome, { threads, compute })),
      }),
    );
    reason = last.type === "runCompleted" ? last.reason : "failed";
  } catch (error) {
    if (exitCodeOf(error) === EXIT.diverged) reason = "diverged";
    await forget(runDir);
    throw error;
  } finally {
    await sinks.close(reason);
  }
  // A required sink can fail as late as in its close.
  try {
    sinks.checkRequired();
  } catch (error) {
    await forget(runDir);
    throw error;
  }
  return { runDir, summary: summarize(trainer.outcome(), { threads, compute }) };
}

function togetherFor(deliveries: readonly Delivery[]): number {
  const queues = deliveries.filter(({ whenFull }) => whenFull === "block").map(({ queue }) => queue);
  return Math.max(1, Math.floor(Math.min(DEFAULT_DELIVERY.queue, ...queues) * QUEUE_PART));
}

// A run that failed has no result, whatever its training came to.
async function forget(runDir: string): Promise<void> {
  await rm(join(runDir, RUN_FILES.result), { force: true });
}

async function store(runDir: string, { model }: Outcome, summary: RunSummary | undefined): Promise<void> {
  await save(join(runDir, RUN_FILES.model), model);
  if (summary !== undefined) await save(join(runDir, RUN_FILES.result), new TextEncoder().encode(`${JSON.stringify(summary)}\n`));
}

async function save(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFileAtomically(path, bytes);
  } catch (cause) {
    throw new PipelineError(EXIT.unexpected, `${path} (${bytes.length} bytes) can't be written: ${(cause as Error).message}`, { cause });
  }
}

// Every run writes events.ndjson itself, and can't do without it.
function recorder(context: SinkContext): SinkQueueOptions {
  // It needs no history: its file is the history.
  const { recorded: _, ...run } = context;
  const delivery = { ...DEFAULT_DELIVERY, timeoutMs: 60_000, required: true, batches: true, live: true };
  return {
    name: RECORDER,
    delivery,
    open: async () => jsonSink.open({ path: join(context.directory, RUN_FILES.events) }, contextFor(run, delivery)),
  };
}
