// A recorded step, ready to be replayed: jobs in linalg's memory, with a barrier only where one thread reads what another
// one wrote.
import { backendOf, type Linalg } from "../Linalg.ts";
import { LinalgError } from "../LinalgError.ts";
import type { Team } from "../Team.ts";
import type { Pointer } from "../wasm.ts";

/** Where the jobs of a program stand. */
export interface ProgramJobs {
  readonly pointer: Pointer;
  readonly count: number;
  /** Whether any job is shared: else the caller does it all. */
  readonly shared: boolean;
}

/** The replay counts in 32 bits. */
const MOST_TIMES = 2 ** 31 - 1;

/** A step that all threads replay inside WebAssembly. Made by `linalg.capture(step)`. */
export class Program {
  readonly linalg: Linalg;
  /** Kernel calls of a step that were done within another one's blocks, and the barriers that are left: how it was made. */
  readonly summary: { readonly jobs: number; readonly fused: number; readonly barriers: number };
  readonly #jobs: ProgramJobs;
  readonly #team: Team;

  constructor(linalg: Linalg, team: Team, jobs: ProgramJobs, summary: Program["summary"]) {
    this.linalg = linalg;
    this.summary = summary;
    this.#team = team;
    this.#jobs = jobs;
  }

  /**
   * Replays the step `times` times, once by default, and returns how often it was done: less often only where a step asked to halt. Throws a LinalgError if an index was beyond its matrix, if a helper died,
   * or within a capture.
   */
  run(times = 1): number {
    if (!Number.isInteger(times) || times < 0 || times > MOST_TIMES) {
      throw new LinalgError(`run: times is ${times}; it must be a whole number from 0 to ${MOST_TIMES}`);
    }
    if (backendOf(this.linalg).recorder !== undefined)
      throw new LinalgError("run: a step is being captured; replay programs outside of it");
    const { pointer, count, shared } = this.#jobs;
    this.#team.run("REPLAY", [pointer, count, times], shared);
    return this.#team.takeHalt() ?? times;
  }
}
