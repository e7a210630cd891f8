// One open page. It is written to only while its connection takes what it is given; what it misses meanwhile stays in the
// history, so a page that stalls holds one message and never the training.
import type { ServerResponse } from "node:http";
import type { RunHistory } from "./RunHistory.ts";

/** How a page knows that it is told everything, whatever comes after; it closes the stream. */
const BYE = "event: bye\ndata:\n\n";

/** A stream of server-sent events that stands somewhere in the history. */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #history: RunHistory;
  #after: number;
  #state = "";

  /** Begins to answer with `history`'s events after the sequence `after`. */
  constructor(response: ServerResponse, history: RunHistory, after: number) {
    this.#response = response;
    this.#history = history;
    this.#after = after;
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    response.write("retry: 1000\n\n");
  }

  /** Bytes that wait for the page to take them. */
  get buffered(): number {
    return this.#response.writableLength;
  }

  /** Tells the page what came up to the sequence `until`, as far as it takes it, and `state` where that is another than before. */
  tell(state: string, until: number): void {
    if (!this.#takes()) return;
    if (state !== this.#state) this.#response.write(`event: state\ndata: ${state}\n\n`);
    this.#state = state;
    while (this.#takes()) {
      const next = this.#history.next(this.#after, until);
      if (!next) return;
      this.#response.write(next.text);
      this.#after = next.id;
    }
  }

  /** Tells the page the rest and takes leave; resolves when that is sent or the page is gone, which a page that stalls never is. */
  async end(state: string): Promise<void> {
    this.tell(state, this.#history.newest);
    while (this.#response.writableNeedDrain) {
      await new Promise<void>((resolve) => this.#response.once("drain", resolve).once("close", resolve));
      this.tell(state, this.#history.newest);
    }
    if (this.#response.destroyed) return;
    await new Promise<void>((resolve) => this.#response.once("close", resolve).end(BYE, () => resolve()));
  }

  #takes(): boolean {
    return !this.#response.destroyed && !this.#response.writableNeedDrain;
  }
}
