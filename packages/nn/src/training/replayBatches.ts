// A pass inside WebAssembly: the captured step is replayed for some milliseconds of batches at a time, and then the signal is
// asked. What sets it needs a turn of the event loop, which comes less often: a stop from a timer or a message is heard
// after 40 ms of batches or the one under way, one from another thread's memory after 10. It never shows in the results.
import type { Program } from "@downhill/linalg";
import { eventLoopTurn } from "./eventLoopTurn.ts";
import type { ResidentBatches } from "./ResidentBatches.ts";
import type { Passed, StopSignal } from "./trainEpoch.ts";

/** Milliseconds of batches that are replayed at a time. */
const PACE_MS = 10;
/** Milliseconds between two turns of the event loop, which cost a hundred microseconds each when caches are full of matrices. */
const TURN_MS = 40;

/** When the event loop last had a turn; one clock for all passes. */
let lastTurn = 0;

/** Replays `programOf(size)` once for each batch, as long as `goesOn()`; a program that ends it halts at the same batch. */
export async function replayBatches(
  batches: ResidentBatches,
  signal: StopSignal | undefined,
  goesOn: () => boolean,
  programOf: (size: number) => Program,
): Promise<Passed> {
  let samples = 0;
  batches.begin();
  for (const { size, times } of batches.runs()) {
    const program = programOf(size);
    for (let done = 0, chunk = 1; done < times;) {
      if (signal?.aborted) return { samples, stopped: true };
      const start = performance.now();
      const replayed = program.run(chunk);
      const now = performance.now();
      const elapsed = now - start;
      samples += replayed * size;
      done += replayed;
      if (!goesOn()) return { samples, stopped: true };
      // At most doubled, for the first batches run in baseline code.
      chunk = Math.min(times - done, 2 * chunk, Math.max(1, Math.floor((chunk * PACE_MS) / elapsed)));
      if (now - lastTurn < TURN_MS) continue;
      await eventLoopTurn();
      lastTurn = performance.now();
    }
  }
  return { samples, stopped: false };
}
