// Tries again what a passing failure stopped. Only what may be done twice comes here: who tries a second time first asks the server
// what has become of the first.
import { setTimeout as sleep } from "node:timers/promises";
import { MlflowError } from "./MlflowError.ts";
import type { Pace } from "./pace.ts";

/** Calls `attempt` with 0, 1, 2 … until it succeeds; throws its error when that won't pass or `giveUpMs` is over. */
export async function retry<Value>(attempt: (number: number) => Promise<Value>, { pausesMs, giveUpMs }: Pace): Promise<Value> {
  const began = performance.now();
  for (let number = 0; ; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      if (!(error instanceof MlflowError) || !error.passing) throw error;
      const pause = Math.max(pausesMs[Math.min(number, pausesMs.length - 1)], error.retryAfterMs);
      if (performance.now() - began + pause > giveUpMs) {
        throw new MlflowError(`${error.message} (given up after ${number + 1} tries)`, { cause: error });
      }
      await sleep(pause);
    }
  }
}
