// The server of one run's page, on this machine's loopback address alone. It never keeps the process alive.
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { RunControl } from "../contract/Sink.ts";
import type { Audience } from "./Audience.ts";
import { pageFile } from "./files.ts";
import { refusalOf } from "./guard.ts";
import { listen } from "./listen.ts";
import { SECURITY, shell } from "./shell.ts";

// A person has a few pages open; a browser opens at most six connections for them.
const MOST_STREAMS = 64;
const MOST_CONNECTIONS = 256;

const ACTIONS: Readonly<Record<string, (control: RunControl) => void>> = {
  "/pause": (control) => control.pause(),
  "/resume": (control) => control.resume(),
  "/stop": (control) => control.stop(),
};

/** Serves the page, its files and its stream of events, and takes its buttons' requests. */
export class DashboardServer {
  readonly #server: Server;
  readonly #audience: Audience;
  readonly #control: RunControl | undefined;
  // A page of an earlier run on this port, or of this run before it was interrupted, is told apart by it.
  readonly #session = randomBytes(18).toString("base64url");
  #port = 0;

  constructor(audience: Audience, control: RunControl | undefined) {
    this.#audience = audience;
    this.#control = control;
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.maxConnections = MOST_CONNECTIONS;
    this.#server.on("connection", (socket) => socket.unref());
  }

  /** Begins to listen at `port`, or at a usual or free one, and returns the page's address. Throws a SinkError where `port` can't be had. */
  async open(port: number | undefined): Promise<string> {
    this.#port = await listen(this.#server, port);
    this.#server.unref();
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY)) response.setHeader(name, value);
    const refusal = refusalOf(request, this.#port, this.#session);
    if (refusal) {
      if (refusal.status === 405) response.setHeader("allow", "GET, HEAD, POST");
      // What the request still sends is not read.
      plain(response.setHeader("connection", "close"), refusal.status, refusal.message);
      return;
    }
    try {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
      if (request.method === "POST") this.#act(pathname, response);
      else if (pathname === "/events" && request.method === "GET") this.#stream(request, searchParams, response);
      else await this.#send(pathname, response);
    } catch (error) {
      plain(response, 500, (error as Error).message);
    }
  }

  #act(path: string, response: ServerResponse): void {
    const act = ACTIONS[path] as (typeof ACTIONS)[string] | undefined;
    if (!act || !this.#control) {
      plain(response, 404, "no such action");
      return;
    }
    act(this.#control);
    response.writeHead(204).end();
    this.#audience.tell();
  }

  #stream(request: IncomingMessage, parameters: URLSearchParams, response: ServerResponse): void {
    if ((parameters.get("session") ?? this.#session) !== this.#session) {
      response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" }).end("event: stale\ndata:\n\n");
      return;
    }
    if (this.#audience.size >= MOST_STREAMS) {
      plain(response, 503, `${MOST_STREAMS} pages are open already; close one of them`);
      return;
    }
    const known = request.headers["last-event-id"] ?? parameters.get("after") ?? "";
    this.#audience.add(response, /^\d{1,15}$/.test(String(known)) ? Number(known) : -1);
  }

  async #send(path: string, response: ServerResponse): Promise<void> {
    const file = path === "/" ? { type: "text/html", content: shell(this.#session, this.#control !== undefined) } : await pageFile(path);
    if (file) response.writeHead(200, { "content-type": `${file.type}; charset=utf-8` }).end(file.content);
    else plain(response, 404, "nothing is here");
  }
}

function plain(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${message}\n`);
}
