// A pass inside WebAssembly: the captured step is replayed for as many batches as fit into some milliseconds, then the
// signal is asked and, if it is time, the event loop has a turn: a stop is heard after so long, or after one batch. How many
// batches there are at a time never shows in the results.
import type { Program } from "@downhill/linalg";
import { eventLoopTurn } from "./eventLoopTurn.ts";
import type { ResidentBatches } from "./ResidentBatches.ts";
import type { StopSignal } from "./trainEpoch.ts";

/** Milliseconds of batches that are replayed at a time. */
const PACE_MS = 10;
/** Milliseconds between two turns of the event loop, which cost a hundred microseconds each when caches are full of matrices. */
const TURN_MS = 40;

/** When the event loop last had a turn; one clock for all passes. */
let lastTurn = 0;

/** Replays `programOf(size)` once for each batch; returns how many samples there were. */
export async function replayBatches(
  batches: ResidentBatches,
  signal: StopSignal | undefined,
  programOf: (size: number) => Program,
): Promise<number> {
  let samples = 0;
  batches.begin();
  for (const { size, times } of batches.runs()) {
    const program = programOf(size);
    for (let done = 0, chunk = 1; done < times;) {
      if (signal?.aborted) return samples;
      const start = performance.now();
      program.run(chunk);
      const now = performance.now();
      const elapsed = now - start;
      samples += chunk * size;
      done += chunk;
      // At most doubled, for the first batches run in baseline code.
      chunk = Math.min(times - done, 2 * chunk, Math.max(1, Math.floor((chunk * PACE_MS) / elapsed)));
      if (now - lastTurn < TURN_MS) continue;
      await eventLoopTurn();
      lastTurn = performance.now();
    }
  }
  return samples;
}
