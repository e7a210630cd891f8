// How far a long check is, on stderr: a line that changes for a person at a terminal, else one for every tenth.

/** Counts steps of equal size and estimates the rest. */
export class Progress {
  readonly #title: string;
  readonly #steps: number;
  readonly #start = performance.now();
  #done = 0;

  constructor(title: string, steps: number) {
    this.#title = title;
    this.#steps = steps;
  }

  /** One step more is done. */
  step(): void {
    const tenth = Math.floor((this.#done * 10) / this.#steps);
    this.#done += 1;
    const { isTTY } = process.stderr;
    if (!isTTY && Math.floor((this.#done * 10) / this.#steps) === tenth) return;
    const left = ((performance.now() - this.#start) / this.#done) * (this.#steps - this.#done);
    const text = `${this.#title}  ${Math.floor((this.#done * 100) / this.#steps)}%  ${duration(left)} left`;
    if (!isTTY) process.stderr.write(`${text}\n`);
    else process.stderr.write(this.#done < this.#steps ? `\r\u001b[K${text}` : "\r\u001b[K");
  }

  /** The time since the start, as `1m23s`. */
  get elapsed(): string {
    return duration(performance.now() - this.#start);
  }
}

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${`${seconds % 60}`.padStart(2, "0")}s`;
}
