// One `data get` at a time writes to a folder; another one waits and then finds the files.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { takeLock } from "../files/takeLock.ts";

const POLL_MS = 200;

/** How a lock is waited for. */
export interface LockOptions {
  readonly signal: AbortSignal;
  /** Told once, if another process has to be waited for. */
  waiting(process: number): void;
}

/** Resolves with the lock's release when nobody else is writing to `folder`; throws the signal's reason. */
export async function lockFolder(folder: string, { signal, waiting }: LockOptions): Promise<() => Promise<void>> {
  let told = false;
  for (;;) {
    signal.throwIfAborted();
    const lock = await takeLock(join(folder, ".downloading"));
    if ("release" in lock) return lock.release;
    if (!told) waiting(lock.holder);
    told = true;
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}
