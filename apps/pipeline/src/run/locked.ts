// One process at a time trains a run.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Lock, takeLock } from "../files/takeLock.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { RUN_FILES } from "./runFolder.ts";

/** How long a lock is held before that is believed, and how often it is looked at. */
const [HELD_MS, POLL_MS] = [1000, 100];

/** Does `work` while no other process can train the run. Throws a PipelineError (usage) if one does, or if nothing can be written there. */
export async function locked<Value>(runDir: string, work: () => Promise<Value>): Promise<Value> {
  const take = (): Promise<Lock> =>
    takeLock(join(runDir, RUN_FILES.lock)).catch((cause: Error) => {
      throw new PipelineError(EXIT.usage, `${runDir} can't be written to: ${cause.message}`, { cause });
    });
  let lock = await take();
  // A process that was killed a moment ago may still be about to end.
  for (let waited = 0; "holder" in lock && waited < HELD_MS; waited += POLL_MS) {
    await sleep(POLL_MS);
    lock = await take();
  }
  if ("holder" in lock)
    throw new PipelineError(EXIT.usage, `${runDir} is being trained by process ${lock.holder}; wait for it, or stop it`);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
