// One sink's queue. Writes are chained one after another; a sink that throws or takes too long is dropped, once, and
// whoever waits for it goes on.
import type { Delivery, RunEnd, Sink, TrainingEvent } from "@downhill/sinks";
import { withStrayErrors } from "./strayErrors.ts";

/** A sink and how it wants its events. */
export interface SinkQueueOptions {
  readonly name: string;
  readonly delivery: Delivery;
  /** Opens the sink; it may take as long as a write. */
  open(): Promise<Sink>;
}

/** Delivers events to one sink in order, holding at most `delivery.queue` of them, the one being written included. */
export class SinkQueue {
  readonly name: string;
  readonly required: boolean;
  readonly #options: SinkQueueOptions;
  readonly #waiting: TrainingEvent[] = [];
  readonly #room: (() => void)[] = [];
  #sink: Sink | undefined;
  #tail: Promise<void> = Promise.resolve();
  #held = 0;
  #failure: string | undefined;

  constructor(options: SinkQueueOptions) {
    this.name = options.name;
    this.required = options.delivery.required;
    this.#options = options;
  }

  /** Why the sink was dropped; undefined while it is well. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Opens the sink; resolves when it is open or dropped. */
  async open(): Promise<void> {
    await this.#attempt("open", async () => {
      this.#sink = await this.#options.open();
    });
  }

  /** Resolves when the queue has taken the event: at once unless the queue is full and the sink blocks. */
  async write(event: TrainingEvent): Promise<void> {
    const { queue, whenFull } = this.#options.delivery;
    if (whenFull === "dropOldest") this.#dropOldest(queue);
    else while (this.#failure === undefined && this.#held >= queue) await new Promise<void>((resolve) => this.#room.push(resolve));
    if (this.#failure !== undefined) return;
    this.#held += 1;
    this.#waiting.push(event);
    this.#tail = this.#tail.then(() => this.#writeNext());
  }

  /** Resolves when the sink has taken everything that was queued, or was dropped. */
  async drain(): Promise<void> {
    await this.#tail;
  }

  /** Resolves when the sink has taken what was queued and made it visible outside, or was dropped. */
  async settle(): Promise<void> {
    this.#tail = this.#tail.then(() => this.#attempt("flush", async () => this.#sink?.flush?.()));
    await this.#tail;
  }

  /** Waits for what is queued, then flushes and closes the sink. */
  async close(reason: RunEnd): Promise<void> {
    await this.drain();
    const sink = this.#sink;
    if (sink === undefined) return;
    await this.#attempt("flush", async () => sink.flush?.());
    // A dropped sink may still hold a file or a socket: it is closed all the same.
    await this.#attempt("close", async () => sink.close?.(reason));
  }

  // Only epochs may be missed: the facts around them are few and a sink can't do without them.
  #dropOldest(queue: number): void {
    if (this.#held < queue) return;
    const oldest = this.#waiting.findIndex(({ type }) => type === "epochCompleted");
    if (oldest === -1) return;
    this.#waiting.splice(oldest, 1);
    this.#held -= 1;
  }

  async #writeNext(): Promise<void> {
    const event = this.#waiting.shift();
    if (event === undefined || this.#failure !== undefined) return;
    await this.#attempt("write", async () => this.#sink?.write(event));
    this.#held -= 1;
    this.#room.shift()?.();
  }

  async #attempt(what: string, action: () => Promise<void>): Promise<void> {
    if (this.#failure !== undefined && what !== "close") return;
    const { timeoutMs } = this.#options.delivery;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${what} took longer than ${timeoutMs} ms`)), timeoutMs);
    });
    try {
      await Promise.race([withStrayErrors((error) => this.#fail("outside of its calls", error), action), late]);
    } catch (error) {
      this.#fail(what, error);
    } finally {
      clearTimeout(timer);
    }
  }

  #fail(where: string, error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = `${where}: ${error instanceof Error ? error.message : String(error)}`;
    this.#waiting.length = 0;
    for (const resolve of this.#room.splice(0)) resolve();
  }
}
