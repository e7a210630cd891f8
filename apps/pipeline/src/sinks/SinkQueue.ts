// One sink's queue. Its calls come one after another; a sink that throws or takes too long is dropped, once, and
// whoever waits for it goes on.
import type { Delivery, RunEnd, Sink, TrainingEvent } from "@downhill/sinks";
import { checkSink } from "./checkSink.ts";
import { failureText } from "./failureText.ts";
import { TimeLimit } from "./TimeLimit.ts";
import { strayErrorsTo } from "./strayErrors.ts";
import { takes } from "./takes.ts";

/** A sink and how it wants its events. */
export interface SinkQueueOptions {
  readonly name: string;
  readonly delivery: Delivery;
  /** Whether the sink is somebody else's: it is told the end, and closed, before those that are built in. */
  readonly guest?: boolean;
  /** Opens the sink; it may take as long as a write. `onStray` is told what goes wrong outside of its calls. */
  open(onStray: (error: unknown) => void): Promise<Sink>;
  /** Called once when the sink has failed. */
  abandon?(): void;
}

/** At least this long a sink has for its flush and for its close, however late the end finds it, in milliseconds; unless its calls have less. */
const GRACE_MS = 1000;

/** What a queue that is full may lose: the facts around them are few, and a sink can't do without them. */
const DROPPABLE: ReadonlySet<TrainingEvent["type"]> = new Set(["epochCompleted", "batchCompleted"]);

/** Delivers events to one sink in order, holding at most `delivery.queue` of them, the one being written included. */
export class SinkQueue {
  readonly name: string;
  readonly required: boolean;
  readonly guest: boolean;
  readonly #options: SinkQueueOptions;
  readonly #waiting: TrainingEvent[] = [];
  readonly #room: (() => void)[] = [];
  readonly #limit: TimeLimit;
  readonly #within = strayErrorsTo((error) => this.#fail("outside of its calls", error));
  #sink: Sink | undefined;
  /** The calls under way. A chain of promises would do, but the collector is slow to let go of a long one. */
  #working: Promise<void> | undefined;
  #held = 0;
  #dropped = 0;
  #failure: string | undefined;
  #closed = false;

  constructor(options: SinkQueueOptions) {
    this.name = options.name;
    this.required = options.delivery.required;
    this.guest = options.guest ?? false;
    this.#options = options;
    this.#limit = new TimeLimit(options.delivery.timeoutMs);
  }

  /** Why the sink was dropped; undefined while it is well. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Events that the sink has missed because its queue was full. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Opens the sink; resolves when it is open or dropped. */
  async open(): Promise<void> {
    await this.#attempt("open", async () => {
      this.#sink = checkSink(await this.#options.open((error) => this.#fail("outside of its calls", error)));
    });
  }

  /** Resolves when the queue has taken the event: at once unless the queue is full and the sink blocks. */
  async write(event: TrainingEvent): Promise<void> {
    const { delivery } = this.#options;
    if (!takes(delivery, event)) return;
    if (delivery.whenFull === "dropOldest") this.#dropOldest(delivery.queue);
    else while (this.#failure === undefined && this.#held >= delivery.queue) await new Promise<void>((resolve) => this.#room.push(resolve));
    this.push(event);
  }

  /** Takes an event even if the queue is full: one of the few of a run's end. */
  push(event: TrainingEvent): void {
    if (this.#failure !== undefined || this.#closed) return;
    this.#held += 1;
    this.#waiting.push(event);
    this.#working ??= this.#writeAll();
  }

  /** Resolves when the sink has taken everything that was queued, or was dropped. */
  async drain(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  /** The same, but a sink that has not taken it within its time limit is dropped: the run is at its end. */
  async finish(): Promise<void> {
    const { timeoutMs } = this.#options.delivery;
    try {
      await new TimeLimit(timeoutMs).run("end", () => this.drain());
    } catch {
      this.#fail("end", `${this.#held} of its events were not taken within ${timeoutMs} ms`);
    }
  }

  /** Resolves when the sink has taken what was queued and made it visible outside, or was dropped. */
  async settle(): Promise<void> {
    await this.drain();
    this.#working = Promise.resolve(this.#attempt("flush", () => this.#sink?.flush?.())).then(() => this.#writeAll());
    await this.#working;
  }

  /** Waits for what is queued, then flushes and closes the sink: all of it within the sink's time limit, or little more. A second call does nothing. */
  async close(reason: RunEnd): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { timeoutMs } = this.#options.delivery;
    const end = performance.now() + timeoutMs;
    const left = (): TimeLimit => new TimeLimit(Math.max(end - performance.now(), Math.min(GRACE_MS, timeoutMs)));
    await this.finish();
    const sink = this.#sink;
    if (sink === undefined) return;
    await this.#attempt("flush", () => sink.flush?.(), left());
    // A dropped sink may still hold a file or a socket: it is closed all the same.
    await this.#attempt("close", () => sink.close?.(reason), left());
  }

  #dropOldest(queue: number): void {
    if (this.#held < queue) return;
    const oldest = this.#waiting.findIndex(({ type }) => DROPPABLE.has(type));
    if (oldest === -1) return;
    this.#waiting.splice(oldest, 1);
    this.#held -= 1;
    this.#dropped += 1;
  }

  async #writeAll(): Promise<void> {
    // Never in the turn of whoever writes: others are to be given the event too.
    await Promise.resolve();
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
      const written = event;
      const writing = this.#attempt("write", () => this.#sink?.write(written));
      if (writing !== undefined) await writing;
      this.#held -= 1;
      this.#room.shift()?.();
    }
    this.#working = undefined;
  }

  // Never throws or rejects.
  #attempt(what: string, call: () => void | Promise<void>, limit = this.#limit): void | Promise<void> {
    if (this.#failure !== undefined && what !== "close") return;
    try {
      return this.#within(() => limit.run(what, call))?.catch((error: unknown) => this.#fail(what, error));
    } catch (error) {
      this.#fail(what, error);
    }
  }

  #fail(where: string, error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = `${where}: ${failureText(error)}`;
    this.#waiting.length = 0;
    for (const resolve of this.#room.splice(0)) resolve();
    this.#options.abandon?.();
  }
}
