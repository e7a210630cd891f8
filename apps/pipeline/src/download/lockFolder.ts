// One `data get` at a time writes to a folder; another one waits and then finds the files. The lock is a file that holds
// the process's id, so that one that a killed process left behind is known as such and taken over.
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 200;

/** How a lock is waited for. */
export interface LockOptions {
  readonly signal: AbortSignal;
  /** Told once, if another process has to be waited for. */
  waiting(process: number): void;
}

/** Resolves with the lock's release when nobody else is writing to `folder`; throws the signal's reason. */
export async function lockFolder(folder: string, { signal, waiting }: LockOptions): Promise<() => Promise<void>> {
  const lock = join(folder, ".downloading");
  let told = false;
  for (;;) {
    signal.throwIfAborted();
    if (await take(lock)) return () => rm(lock, { force: true });
    const holder = await holderOf(lock);
    if (holder === undefined) {
      await rm(lock, { force: true });
      continue;
    }
    if (!told) waiting(holder);
    told = true;
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

// Undefined if the process is gone. The file is empty for an instant while it is made.
async function holderOf(lock: string): Promise<number | undefined> {
  let text = await readFile(lock, "utf8").catch(() => "");
  if (text === "") {
    await sleep(POLL_MS);
    text = await readFile(lock, "utf8").catch(() => "");
  }
  const holder = Number(text);
  return holder > 0 && isAlive(holder) ? holder : undefined;
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // A process of another user may not be signalled, but is there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
