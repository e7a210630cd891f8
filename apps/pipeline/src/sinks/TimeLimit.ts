// Time limits for the calls of a sink, in a thread that other sinks share.

/** How far behind a timer may be before it was another sink that kept the thread, in milliseconds. */
const BEHIND_MS = 50;

/** What a timer can wait for. */
const LONGEST_MS = 2 ** 31 - 1;

/** Limits one call after another: with one timer, for there may be very many. */
export class TimeLimit {
  readonly #ms: number;
  #timer: NodeJS.Timeout | undefined;
  #due = 0;
  #extended = false;
  #late: (() => void) | undefined;

  /** `ms` milliseconds a call. */
  constructor(ms: number) {
    this.#ms = Math.min(ms, LONGEST_MS);
  }

  /**
   * Does what `call` does: at once if that is done when it returns, for a promise costs more than most calls. Throws, or rejects, when
   * it takes longer than the limit, or twice as long where others kept the thread.
   */
  run(what: string, call: () => void | Promise<void>): void | Promise<void> {
    const late = (): Error => new Error(`${what} took longer than ${Math.round(this.#ms)} ms`);
    const begun = performance.now();
    const done = call();
    // No timer can end a call that keeps the thread; but when it is over, it has failed.
    if (performance.now() - begun > this.#ms) {
      Promise.resolve(done).catch(() => undefined);
      throw late();
    }
    // A sink may return anything; what is no promise is over as well, but in a turn of its own.
    return done === undefined ? undefined : this.#wait(done, late);
  }

  async #wait(done: Promise<void>, late: () => Error): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        this.#late = () => reject(late());
        this.#extended = false;
        this.#arm();
        // What a sink returns may be any thenable.
        Promise.resolve(done).then(resolve, reject);
      });
    } finally {
      this.#late = undefined;
      this.#timer?.unref();
    }
  }

  #arm(): void {
    this.#due = performance.now() + this.#ms;
    this.#timer = this.#timer?.refresh() ?? setTimeout(() => this.#look(), this.#ms);
    this.#timer.ref();
  }

  // One that another sink has kept waiting has its time again, once.
  #look(): void {
    if (this.#late === undefined) return;
    if (this.#extended || performance.now() - this.#due <= BEHIND_MS) this.#late();
    else {
      this.#extended = true;
      this.#arm();
    }
  }
}
