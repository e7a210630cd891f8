// The open pages, told together and at a measured pace: many short epochs are one message, and a tenth of a second passes
// between two.
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunControl } from "../contract/Sink.ts";
import { EventStream } from "./EventStream.ts";
import type { RunHistory } from "./RunHistory.ts";

const SHORTEST_PAUSE_MS = 100;
// Telling uses the thread that delivers events to every sink: a pause of 99 tellings leaves it a hundredth of the time.
const PAUSE_PER_TELLING = 99;
/** A page that hasn't taken the end of the run in this time is cut off. */
const LEAVE_MS = 500;

/** All open pages of one run. */
export class Audience {
  readonly #history: RunHistory;
  readonly #control: RunControl | undefined;
  readonly #streams = new Set<EventStream>();
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = SHORTEST_PAUSE_MS;
  #until = -1;

  constructor(history: RunHistory, control: RunControl | undefined) {
    this.#history = history;
    this.#control = control;
  }

  /** How many pages are open. */
  get size(): number {
    return this.#streams.size;
  }

  /** Bytes that wait for pages that are slow to take them. */
  get buffered(): number {
    return [...this.#streams].reduce((sum, { buffered }) => sum + buffered, 0);
  }

  /** Answers a page with the events after the sequence `after`, until it goes. */
  add(response: ServerResponse, after: number): void {
    const stream = new EventStream(response, this.#history, after);
    this.#streams.add(stream);
    // Only as far as the others are: what is newer waits for the next telling, else a page that reads fast would have no pause.
    response.on("drain", () => stream.tell(this.#state(), this.#until));
    response.once("close", () => this.#streams.delete(stream));
    this.#until = this.#history.newest;
    stream.tell(this.#state(), this.#until);
  }

  /** Lets the pages know soon that there is something new. */
  announce(): void {
    if (this.#streams.size === 0 || this.#timer) return;
    this.#timer = setTimeout(() => this.tell(), this.#pauseMs).unref();
  }

  /** Lets the pages know now. */
  tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const start = performance.now();
    const state = this.#state();
    this.#until = this.#history.newest;
    for (const stream of this.#streams) stream.tell(state, this.#until);
    this.#pauseMs = Math.max(SHORTEST_PAUSE_MS, PAUSE_PER_TELLING * (performance.now() - start));
  }

  /** Tells every page the rest and takes leave of it, within half a second. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    const state = this.#state();
    const gone = new AbortController();
    const all = Promise.all([...this.#streams].map((stream) => stream.end(state)));
    await Promise.race([all, sleep(LEAVE_MS, undefined, { signal: gone.signal })]);
    gone.abort();
  }

  #state(): string {
    return JSON.stringify({ paused: this.#control?.paused ?? false });
  }
}
