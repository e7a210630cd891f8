// A run as a stream: opening facts, epochs, the end. Delivery to the sinks is a stage of the stream and not a
// subscriber of it, so a full queue holds the trainer back.
import type { RunCompleted, RunEnd, TrainingEvent, TrainingFact } from "@downhill/sinks";
import {
  catchError,
  concat,
  concatMap,
  defer,
  dematerialize,
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
import type { Outcome } from "../trainer/protocol.ts";

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
  /** Stores the model, before the run is said to be completed. */
  save(outcome: Outcome): Promise<void>;
}

/** How far training has come. */
interface Progress {
  epochs: number;
  durationMs: number;
}

/** Every event of a run in order, each emitted when all sinks have taken it; errors after `runCompleted` if the run failed. */
export function runEvents$({ sinks, trainer, opening, epochs, signal, save }: RunStream): Observable<TrainingEvent> {
  const progress: Progress = { epochs: 0, durationMs: 0 };
  const write = async (fact: TrainingFact): Promise<TrainingEvent> => {
    const event = await sinks.write(fact);
    sinks.checkRequired();
    return event;
  };
  const deliver: OperatorFunction<TrainingFact, TrainingEvent> = concatMap(write);
  const training$ = trainer.facts$.pipe(
    // As a notification the trainer's failure waits for the facts before it to be delivered, and does not overtake them.
    materialize(),
    concatMap(async (notification) =>
      notification.kind === "N" ? { kind: notification.kind, value: await write(notification.value) } : notification,
    ),
    dematerialize(),
    tap((event) => {
      if (event.type === "epochCompleted") note(progress, event.epoch, event.durationMs);
      trainer.credit();
    }),
  );
  const ending$ = defer(async () => {
    const outcome = trainer.outcome();
    await save(outcome);
    // Whatever a required sink still has to take may fail now, before the run is said to be finished.
    await sinks.drain();
    sinks.checkRequired();
    // A request to stop that came after the last epoch has stopped nothing.
    return sinks.write(completed(signal.aborted && outcome.epochs < epochs ? "aborted" : "finished", outcome));
  });
  return concat(from(opening).pipe(deliver), training$, ending$).pipe(
    catchError((cause: unknown) =>
      concat(
        defer(async () => sinks.write(failed(cause, progress))),
        throwError(() => cause),
      ),
    ),
  );
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
