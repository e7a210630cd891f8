// The main thread's end of the trainer. It stands directly under src/, as the worker does, so that the worker's URL
// holds in dist/ too.
import { Worker } from "node:worker_threads";
import { Observable } from "rxjs";
import type { Config } from "./config/Config.ts";
import type { Checkpoint } from "./checkpoint/Checkpoint.ts";
import { EXIT, PipelineError } from "./PipelineError.ts";
import { RequestWord } from "./trainer/RequestWord.ts";
import type { Loaded, Outcome, TimedFact, TrainerCommand, TrainerInput, TrainerMessage, TrainerRun } from "./trainer/protocol.ts";

/** A trainer in a thread of its own. */
export interface RunningTrainer {
  readonly loaded: Loaded;
  /** Starts training for `run` on subscription; unless it is given {@link RunningTrainer.credit} for each fact, the trainer waits. Errors with a PipelineError. */
  facts$(run: TrainerRun, settle: () => Promise<void>): Observable<TimedFact>;
  /** What training came to, once facts$ has completed. */
  outcome(): Outcome;
  /** Says that one more fact was queued. */
  credit(): void;
  /** What training is asked to do: to rest, or to go on. */
  readonly request: Pick<RequestWord, "resting" | "rest" | "goOn">;
  /** Ends the thread. */
  terminate(): Promise<void>;
}

/**
 * Starts the thread and waits until samples and model are there. An abort ends the thread while it loads, and asks it to
 * stop after the batch under way once it trains. Throws a PipelineError when loading fails, and the signal's
 * reason when it is aborted.
 */
export async function startTrainer(config: Config, signal: AbortSignal, checkpoint?: Checkpoint): Promise<RunningTrainer> {
  const bytes = new SharedArrayBuffer(4);
  const request = new RequestWord(bytes);
  const input: TrainerInput = { config, request: bytes, ...(checkpoint && { checkpoint }) };
  const worker = new Worker(new URL("./trainer-worker.js", import.meta.url), { workerData: input });
  const send = (command: TrainerCommand): void => worker.postMessage(command);
  let outcome: Outcome | undefined;
  // Facts of the parcel at hand that not every queue has taken yet.
  let undelivered = 0;
  // Kept for whoever asks next: between loading and training nobody listens, and a thread dies only once.
  let lost: PipelineError | undefined;
  listen(worker, {
    message: () => undefined,
    lost(error) {
      lost ??= error;
    },
  });

  const loaded = await new Promise<Loaded>((resolve, reject) => {
    listen(worker, {
      message(message) {
        if (message.type === "loaded") resolve(message.loaded);
        else if (message.type === "failed") reject(new PipelineError(message.exitCode, message.message));
      },
      lost: reject,
    });
    onAbort(signal, () => reject(signal.reason));
  }).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  onAbort(signal, () => request.stop());

  const facts$ = (run: TrainerRun, settle: () => Promise<void>): Observable<TimedFact> =>
    new Observable((subscriber) => {
      const stopListening = listen(worker, {
        message(message) {
          if (message.type === "facts") {
            undelivered = message.facts.length;
            for (const fact of message.facts) subscriber.next(fact);
          }
          // Where it fails, the trainer is not let go on to a checkpoint that would be ahead of what was told.
          else if (message.type === "settle")
            settle().then(
              () => send({ type: "settled" }),
              (error: unknown) => subscriber.error(error),
            );
          else if (message.type === "failed") subscriber.error(new PipelineError(message.exitCode, message.message));
          else if (message.type === "finished") {
            outcome = message.outcome;
            subscriber.complete();
          }
        },
        lost: (error) => subscriber.error(error),
      });
      if (lost !== undefined) subscriber.error(lost);
      send({ type: "train", ...run });
      return stopListening;
    });

  return {
    loaded,
    facts$,
    outcome() {
      if (outcome === undefined) throw new Error("the trainer has not finished");
      return outcome;
    },
    request,
    credit() {
      undelivered -= 1;
      if (undelivered === 0) send({ type: "credit" });
    },
    terminate: async () => void (await worker.terminate()),
  };
}

interface Listener {
  message(message: TrainerMessage): void;
  /** The thread died without a word. */
  lost(error: PipelineError): void;
}

function listen(worker: Worker, { message, lost }: Listener): () => void {
  const onError = (cause: unknown): void =>
    lost(
      new PipelineError(
        EXIT.unexpected,
        `the trainer's thread failed: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`,
      ),
    );
  const onExit = (code: number): void =>
    lost(new PipelineError(EXIT.unexpected, `the trainer's thread ended with code ${code} before it was done`));
  worker.on("message", message).on("error", onError).on("exit", onExit);
  return () => void worker.off("message", message).off("error", onError).off("exit", onExit);
}

function onAbort(signal: AbortSignal, action: () => void): void {
  if (signal.aborted) action();
  else signal.addEventListener("abort", action, { once: true });
}
