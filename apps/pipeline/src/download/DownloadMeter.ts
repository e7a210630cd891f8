// What a person sees of a download: on an interactive terminal one line that is redrawn, with bytes, rate and time left;
// elsewhere only the lines that matter later.
import type { Terminal } from "@downhill/sinks";
import type { DataSetFile } from "./dataSets.ts";

const REDRAW_MS = 100;
/** The rate is of about so many milliseconds past. */
const WINDOW_MS = 3000;
const ERASE_TO_END = "\u001b[K";

/** Shows progress on a terminal. */
export class DownloadMeter {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  #file: DataSetFile | undefined;
  #marks: { readonly at: number; readonly done: number }[] = [];
  #drawnAt = -Infinity;
  #drawn = false;

  /** `now` is a clock in milliseconds. */
  constructor(terminal: Terminal, now: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#now = now;
  }

  /** Takes note that `done` bytes of the file are there. */
  progress(file: DataSetFile, done: number): void {
    if (!this.#terminal.interactive) return;
    const at = this.#now();
    if (file !== this.#file || done < (this.#marks.at(-1)?.done ?? 0)) this.#marks = [];
    this.#file = file;
    this.#marks.push({ at, done });
    while (this.#marks.length > 2 && this.#marks[1].at < at - WINDOW_MS) this.#marks.shift();
    if (at - this.#drawnAt < REDRAW_MS && done < file.bytes) return;
    this.#drawnAt = at;
    this.#drawn = true;
    this.#terminal.write(`\r${this.#line(file, done)}${ERASE_TO_END}`);
  }

  /** Prints a line that stays. */
  notice(line: string): void {
    this.clear();
    this.#terminal.write(`${line}\n`);
  }

  /** Removes the live line. */
  clear(): void {
    if (this.#drawn) this.#terminal.write(`\r${ERASE_TO_END}`);
    this.#drawn = false;
  }

  #line(file: DataSetFile, done: number): string {
    const share = `${Math.floor((done / file.bytes) * 100)}%`.padStart(4);
    const fields = [file.name, share, `${formatBytes(done)} of ${formatBytes(file.bytes)}`];
    const [oldest] = this.#marks;
    const rate = ((done - oldest.done) / (this.#now() - oldest.at)) * 1000;
    if (Number.isFinite(rate) && rate > 0) fields.push(`${formatBytes(rate)}/s`, `${formatSeconds((file.bytes - done) / rate)} left`);
    // The last column stays free: some terminals wrap as soon as it is written.
    while (fields.length > 1 && fields.join("  ").length >= this.#terminal.columns) fields.pop();
    return fields.join("  ").slice(0, this.#terminal.columns - 1);
  }
}

/** A number of bytes to three digits or so, in decimal units: `4.5 kB`, `9.9 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 999.5) return `${Math.round(bytes)} B`;
  for (const [unit, suffix] of [
    [1e3, "kB"],
    [1e6, "MB"],
  ] as const) {
    if (bytes < 999.5 * unit) return `${(bytes / unit).toFixed(bytes < 99.95 * unit ? 1 : 0)} ${suffix}`;
  }
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

function formatSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m${String(whole % 60).padStart(2, "0")}s`;
  return `${Math.floor(whole / 3600)}h${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")}m`;
}
