// A page without a browser: reads the stream of server-sent events as the standard says, over a socket of its own that it
// can cut or leave unread.
import { connect, type Socket } from "node:net";

/** One message; `id` is the last one that the stream has named. */
export interface SseMessage {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/** One connection to /events. */
export class SseClient {
  readonly messages: SseMessage[] = [];
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  #text = "";
  #id = "";

  /** Connects to the page at `url`, knowing everything up to the event `lastEventId`. */
  constructor(url: string, lastEventId?: number) {
    const { port, host } = new URL(url);
    this.#socket = connect(Number(port), "127.0.0.1");
    const known = lastEventId === undefined ? "" : `Last-Event-ID: ${lastEventId}\r\n`;
    // HTTP/1.0: the answer is not chunked.
    this.#socket.write(`GET /events HTTP/1.0\r\nHost: ${host}\r\n${known}\r\n`);
    this.#socket.setEncoding("utf8").on("data", (text: string) => this.#take(text));
    this.closed = new Promise((resolve) => void this.#socket.on("error", () => {}).once("close", () => resolve()));
  }

  /** A client that asks and then never reads. */
  static stalled(url: string): SseClient {
    const client = new SseClient(url);
    client.#socket.pause();
    return client;
  }

  /** Resolves with the first message that is `wanted`, come or to come; rejects when the stream ends without it. */
  async until(wanted: (message: SseMessage) => boolean): Promise<SseMessage> {
    for (;;) {
      const found = this.messages.find(wanted);
      if (found) return found;
      if (this.#socket.destroyed) throw new Error("the stream ended without it");
      await new Promise<void>((resolve) => this.#socket.once("data", () => resolve()).once("close", () => resolve()));
    }
  }

  cut(): void {
    this.#socket.destroy();
  }

  #take(text: string): void {
    this.#text += text;
    const blocks = this.#text.split("\n\n");
    this.#text = blocks.pop() ?? "";
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split(/\r?\n/).map((line) => line.split(/: ?(.*)/s, 2) as [string, string]));
      if (fields["id"] !== undefined) this.#id = fields["id"];
      if (fields["event"]) this.messages.push({ event: fields["event"], id: this.#id, data: fields["data"] ?? "" });
    }
  }
}
