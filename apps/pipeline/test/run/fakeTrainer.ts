// A trainer without a thread: its epochs are made up, but it waits for credit, stops and fails as the real one does.
import { Observable, type Subscriber } from "rxjs";
import type { ExitCode } from "../../src/PipelineError.ts";
import { PipelineError } from "../../src/PipelineError.ts";
import type { RunningTrainer } from "../../src/startTrainer.ts";
import { Credits } from "../../src/trainer/Credits.ts";
import { RequestWord } from "../../src/trainer/RequestWord.ts";
import type { Loaded, Outcome, TimedFact } from "../../src/trainer/protocol.ts";
import { epochCompleted } from "../facts.ts";

/** What the fake does. */
export interface FakeTraining {
  readonly epochs: number;
  /** Stops it before the next epoch. */
  readonly signal?: AbortSignal;
  /** Instead of this epoch it fails; as a thread that dies does, without waiting for credit for the one before. */
  readonly failure?: { readonly epoch: number; readonly exitCode: ExitCode; readonly message: string };
  /** Called as each epoch is sent. */
  readonly onSent?: (epoch: number) => void;
}

/** A trainer that makes its epochs up. */
export class FakeTrainer implements RunningTrainer {
  readonly loaded: Loaded = {
    sets: [],
    model: { inputs: 1, layers: [], parameters: 0, loss: "", optimizer: "" },
    shown: [],
    checks: [],
    notices: [],
    files: [],
    threads: 1,
    compute: "narrow",
  };
  readonly request: RequestWord = new RequestWord(new SharedArrayBuffer(4));
  readonly #credits = new Credits(0);
  readonly #training: FakeTraining;
  #epochs = 0;

  constructor(training: FakeTraining) {
    this.#training = training;
  }

  facts$(): Observable<TimedFact> {
    return new Observable((subscriber) => void this.#train(this.#training, subscriber));
  }

  outcome(): Outcome {
    return {
      epochs: this.#epochs,
      stoppedEarly: false,
      train: { cost: 0.25, accuracy: 1 },
      test: { cost: 0.5, accuracy: 0.75 },
      weightsSha256: "ab".repeat(32),
      durationMs: 3,
      samplesPerSecond: 100,
      model: Uint8Array.of(1, 2, 3),
    };
  }

  credit(): void {
    this.#credits.give();
  }

  async terminate(): Promise<void> {}

  async #train({ epochs, signal, failure, onSent }: FakeTraining, subscriber: Subscriber<TimedFact>): Promise<void> {
    for (let epoch = 1; epoch <= epochs && !signal?.aborted; epoch += 1) {
      this.#epochs = epoch;
      onSent?.(epoch);
      subscriber.next({ at: Date.now(), fact: epochCompleted(epoch, epochs) });
      if (failure?.epoch === epoch + 1) {
        subscriber.error(new PipelineError(failure.exitCode, failure.message));
        return;
      }
      await this.#credits.take();
    }
    subscriber.complete();
  }
}
