// A time limit for one call of a sink, in a thread that other sinks share.

/** How far behind a timer may be before it was another sink that kept the thread, in milliseconds. */
const BEHIND_MS = 50;

/** Resolves with what `call` does; rejects when that takes longer than `ms` milliseconds, less the time that others kept the thread for. */
export async function limited(what: string, ms: number, call: () => void | Promise<void>): Promise<void> {
  const late = (): Error => new Error(`${what} took longer than ${Math.round(ms)} ms`);
  const begun = performance.now();
  const done = call();
  // No timer can end a call that keeps the thread; but when it is over, it has failed.
  if (performance.now() - begun > ms) {
    Promise.resolve(done).catch(() => undefined);
    throw late();
  }
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const wait = (left: number): void => {
      const due = performance.now() + left;
      timer = setTimeout(() => {
        const behind = performance.now() - due;
        if (behind > BEHIND_MS) wait(Math.min(behind, ms));
        else reject(late());
      }, left);
    };
    wait(ms);
  });
  try {
    await Promise.race([done, limit]);
  } finally {
    clearTimeout(timer);
  }
}
