// A run as a stream: opening facts, epochs, the end. Delivery to the sinks is a stage of the stream and not a
// subscriber of it, so a full queue holds the trainer back.
import type { RunCompleted, RunEnd, TrainingEvent, TrainingFact } from "@downhill/sinks";
import {
  catchError,
  concat,
  concatMap,
  defer,
  dematerialize,
  filter,
  from,
  materialize,
  type Observable,
  type OperatorFunction,
  tap,
  throwError,
} from "rxjs";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { SinkHost } from "../sinks/SinkHost.ts";
import type { RunningTrainer } from "../startTrainer.ts";
import type { Outcome, TimedFact, TrainerFact, TrainerRun } from "../trainer/protocol.ts";

/** What a run's stream is made from. */
export interface RunStream {
  readonly sinks: SinkHost;
  readonly trainer: RunningTrainer;
  /** runStarted, dataLoaded, and what there is to look at. */
  readonly opening: readonly TrainingFact[];
  /** Epochs that the run is to make. */
  readonly epochs: number;
  /** Whether the run was asked to stop. */
  readonly signal: AbortSignal;
  /** The run's id, and the folder for its checkpoints. */
  readonly run: TrainerRun;
  /** Resolves when what was told so far will outlast this process, and rejects if it won't: a checkpoint may not be ahead of it. */
  readonly settle: () => Promise<void>;
  /** Whether the run, before it was interrupted, has told this already. */
  wasTold?(fact: TrainerFact): boolean;
  /** Stores what came of training, before the run is said to be completed. */
  save(outcome: Outcome, reason: RunEnd): Promise<void>;
}

/** How far training has come. */
interface Progress {
  epochs: number;
  durationMs: number;
}

/** Every event of a run in order, each emitted when all sinks have taken it; errors after `runCompleted` if the run failed. */
export function runEvents$({ sinks, trainer, opening, run, epochs, signal, settle, wasTold, save }: RunStream): Observable<TrainingEvent> {
  const progress: Progress = { epochs: 0, durationMs: 0 };
  const write = async (fact: TrainingFact, at?: number): Promise<TrainingEvent> => {
    const event = await sinks.write(fact, at);
    sinks.checkRequired();
    return event;
  };
  const deliver: OperatorFunction<TrainingFact, TrainingEvent> = concatMap((fact) => write(fact));
  // What was told before the run was interrupted counts, but is not told again.
  const deliverNew = async ({ fact, at }: TimedFact): Promise<TrainingEvent | undefined> => {
    const event = wasTold?.(fact) ? undefined : await write(fact, at);
    if (fact.type === "epochCompleted") note(progress, fact.epoch, fact.durationMs);
    return event;
  };
  const training$ = trainer.facts$(run, settle).pipe(
    // As a notification the trainer's failure waits for the facts before it to be delivered, and does not overtake them.
    materialize(),
    concatMap(async (notification) =>
      notification.kind === "N" ? { kind: notification.kind, value: await deliverNew(notification.value) } : notification,
    ),
    dematerialize(),
    tap(() => trainer.credit()),
    filter((event) => event !== undefined),
  );
  const ending$ = defer(async () => {
    const outcome = trainer.outcome();
    const reason = endOf(outcome, epochs, signal);
    await save(outcome, reason);
    // Whatever a required sink still has to take may fail now, before the run is said to be finished.
    await sinks.settleRequired();
    sinks.checkRequired();
    return sinks.complete(completed(reason, outcome));
  });
  return concat(from(opening).pipe(deliver), training$, ending$).pipe(
    catchError((cause: unknown) =>
      concat(
        defer(async () => sinks.complete(failed(cause, progress))),
        throwError(() => cause),
      ),
    ),
  );
}

// A request to stop that came after the last epoch has stopped nothing.
function endOf({ epochs: made, stoppedEarly }: Outcome, epochs: number, { aborted }: AbortSignal): RunEnd {
  if (stoppedEarly) return "stoppedEarly";
  return aborted && made < epochs ? "aborted" : "finished";
}

function note(progress: Progress, epoch: number, durationMs: number): void {
  progress.epochs = epoch;
  progress.durationMs += durationMs;
}

function completed(reason: RunEnd, { epochs, train, validation, test, weightsSha256, durationMs }: Outcome): RunCompleted {
  return {
    type: "runCompleted",
    reason,
    epochs,
    train,
    ...(validation && { validation }),
    ...(test && { test }),
    weightsSha256,
    durationMs,
  };
}

function failed(cause: unknown, progress: Progress): RunCompleted {
  const diverged = cause instanceof PipelineError && cause.exitCode === EXIT.diverged;
  const message = cause instanceof Error ? cause.message : String(cause);
  return { type: "runCompleted", reason: diverged ? "diverged" : "failed", message, ...progress };
}
