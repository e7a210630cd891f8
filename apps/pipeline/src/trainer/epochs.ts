// The epochs as a stream. One epoch is one cold inner stream, and concatMap starts the next when it has completed;
// sending its event is part of it, so that a slow receiver holds the training back instead of a growing buffer.
import type { StopSignal } from "@downhill/nn";
import type { EpochCompleted } from "@downhill/sinks";
import { concatMap, defer, filter, type Observable, range, takeWhile } from "rxjs";
import type { Trainer } from "./Trainer.ts";

/** Trains epochs 1 to `count`; each is emitted when `send` has taken it. Completes early once the signal stops it. */
export function epochs$(
  trainer: Trainer,
  count: number,
  signal: StopSignal,
  send: (fact: EpochCompleted) => Promise<void>,
): Observable<EpochCompleted> {
  return range(1, count).pipe(
    concatMap((epoch) =>
      defer(async () => {
        if (signal.aborted) return undefined;
        const fact = await trainer.epoch(epoch, signal);
        if (fact !== undefined) await send(fact);
        return fact;
      }),
    ),
    takeWhile((fact) => fact !== undefined && !signal.aborted, true),
    filter((fact) => fact !== undefined),
  );
}
