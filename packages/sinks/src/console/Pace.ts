// How fast epochs pass, for the ETA: a mean of the time between two of them that forgets the distant past.

// The newest epoch weighs 1/20 once twenty have passed: steady enough to read, quick enough to follow a change of load.
const WINDOW = 20;

/** A moving average of the time an epoch takes. */
export class Pace {
  #intervals = 0;
  #mean = 0;
  #epoch = 0;
  #at = 0;

  /** Takes note that `epoch` completed at `at` (milliseconds); `durationMs` stands in for the first interval, which nobody saw begin. */
  advance(epoch: number, at: number, durationMs: number): void {
    const interval = this.#intervals === 0 ? durationMs : (at - this.#at) / Math.max(1, epoch - this.#epoch);
    this.#intervals += 1;
    this.#mean += (interval - this.#mean) / Math.min(this.#intervals, WINDOW);
    this.#epoch = epoch;
    this.#at = at;
  }

  /** Seconds until `epochs` are done, as seen from the last epoch; undefined before the first. */
  secondsLeft(epochs: number): number | undefined {
    return this.#intervals === 0 ? undefined : (Math.max(0, epochs - this.#epoch) * this.#mean) / 1000;
  }
}
