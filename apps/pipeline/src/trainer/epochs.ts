// The epochs as a stream, cold. Sending a fact is part of it, so that a slow receiver holds the training back instead of a
// growing buffer.
import { defer, from, type Observable } from "rxjs";
import type { TrainerFact } from "./protocol.ts";
import type { RestSignal } from "./RequestWord.ts";
import type { EpochTold, Trainer } from "./Trainer.ts";

/** How epochs are trained. */
export interface EpochOptions extends EpochTold {
  /** Of the whole run; those that a trainer has made before are not made again. */
  readonly count: number;
  readonly signal: RestSignal;
}

/** Who is told. */
export interface Receiver {
  /** Takes a fact; a slow one holds training back. */
  tell(fact: TrainerFact): Promise<void>;
  /** Passes on what it has kept: training is about to rest. */
  send(): Promise<void>;
}

/** Trains what is left of `count` epochs; each fact is emitted when `receiver` has taken it. Completes before the last epoch once the signal stops it, or the cost has stopped falling. */
export function epochs$(trainer: Trainer, { count, signal, ...told }: EpochOptions, receiver: Receiver): Observable<TrainerFact> {
  const sent = async function* (): AsyncGenerator<TrainerFact> {
    while (trainer.epochs < count && !trainer.stoppedEarly) {
      if (signal.resting) {
        await receiver.send();
        signal.rested?.();
      }
      // Read once: it may be asked to rest again at any moment.
      if (signal.stopped ?? signal.aborted) return;
      for await (const fact of trainer.epoch(signal, told)) {
        await receiver.tell(fact);
        yield fact;
      }
    }
  };
  return defer(() => from(sent()));
}
