// How long the sink waits for what. Milliseconds throughout.

/** The times that the sink keeps to. */
export interface Pace {
  /** A request without a whole answer after this time has failed. */
  readonly requestMs: number;
  /** The pauses between tries; the last one is repeated. Without chance in them, two runs under the same faults do the same. */
  readonly pausesMs: readonly number[];
  /** No further try begins so long after the first one. */
  readonly giveUpMs: number;
  /** What was written waits at most so long to be sent. */
  readonly sendMs: number;
}

/** A try that begins just before `giveUpMs` has two requests: 12 + 2 · 5 seconds are less than the 30 that the host allows a call. */
export const PACE: Pace = { requestMs: 5000, pausesMs: [100, 200, 400, 800, 1600, 3200], giveUpMs: 12_000, sendMs: 1000 };
