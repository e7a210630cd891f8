// What a program of ours spends outside WebAssembly: between the replays of a captured step, and to hand one out to all threads.
import { type Linalg, Program, relu } from "@downhill/linalg";

/** Replays timed for the dispatch. */
const REPLAYS = 200;

/** Milliseconds spent in replays since it was made. */
export class ReplayClock {
  #inside = 0;
  readonly #run = Program.prototype.run;

  /** Times every replay from now on. */
  start(): void {
    const replay = this.#run;
    const add = (milliseconds: number): void => {
      this.#inside += milliseconds;
    };
    Program.prototype.run = function timed(this: Program, times?: number): number {
      const start = performance.now();
      const replayed = replay.call(this, times);
      add(performance.now() - start);
      return replayed;
    };
  }

  /** The milliseconds so far. */
  get inside(): number {
    return this.#inside;
  }
}

/** Measures, at each call, the microseconds from JavaScript to all threads and back: of a replay by itself, less its share of a long one. */
export function dispatchClock(linalg: Linalg): () => number {
  // The smallest work that is shared.
  const x = linalg.lasting(() => linalg.matrix(1, 16_384));
  const program = linalg.capture(() => relu(x, x));
  const time = (times: number): number => {
    const start = performance.now();
    program.run(times);
    return performance.now() - start;
  };
  return () => {
    time(REPLAYS);
    const singles = Array.from({ length: REPLAYS }, () => time(1)).toSorted((a, b) => a - b);
    return 1000 * Math.max(0, singles[REPLAYS >> 1] - time(REPLAYS) / REPLAYS);
  };
}
