/** Permits to send: take waits until there is one. */
export class Credits {
  #available: number;
  readonly #waiting: (() => void)[] = [];

  constructor(available: number) {
    this.#available = available;
  }

  /** Resolves when a credit is there, and uses it. */
  async take(): Promise<void> {
    if (this.#available > 0) this.#available -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Gives one credit, to whoever has waited longest. */
  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#available += 1;
    else next();
  }
}
