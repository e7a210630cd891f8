// An MLflow server on loopback, with a state that tests look at and faults on demand.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Refusal, ServerState, type StoredRun } from "./ServerState.ts";

/** What goes wrong with one request. "…After" and "cutAnswer" carry it out all the same, "half" a part of it. */
export const FAULTS = [
  "error500",
  "error503",
  "busy",
  "busyForNow",
  "cut",
  "cutAfter",
  "cutAnswer",
  "stall",
  "stallAfter",
  "error500After",
  "half",
] as const;

/** One of FAULTS. */
export type Fault = (typeof FAULTS)[number];

/** A request that came, in the order of arrival. */
export interface SeenRequest {
  readonly path: string;
  readonly bytes: number;
}

const BODY_LIMIT = 1_000_000;

/** The server. */
export class FakeMlflow {
  state: ServerState = new ServerState();
  readonly seen: SeenRequest[] = [];
  /** The fault of the request of that number, from 0. */
  faultOf: (number: number, path: string) => Fault | undefined = () => undefined;
  /** Without this bearer token, a request is refused. */
  token: string | undefined;
  /** An answer to every request, in place of MLflow's. */
  answer: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /** Starts a server on a free port. */
  static async start(): Promise<FakeMlflow> {
    const fake = new FakeMlflow();
    await new Promise<void>((resolve) => fake.#server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The only run of the server. */
  get run(): StoredRun {
    const [run, ...others] = this.state.runs;
    if (run === undefined || others.length > 0) throw new Error(`the server has ${this.state.runs.length} runs, not one`);
    return run;
  }

  /** Ends the server and every connection. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", "http://fake");
    const path = url.pathname.replace("/api/2.0/mlflow/", "");
    const fault = this.faultOf(this.seen.length, path);
    const place = this.seen.push({ path, bytes: 0 }) - 1;
    if (fault === "cut") {
      request.socket.destroy();
      return;
    }
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const body = Buffer.concat(chunks);
    this.seen[place] = { path, bytes: body.length };
    if (this.answer !== undefined) this.answer(request, response);
    else this.#answer(request, response, fault, () => this.#call(path, url, request, body, fault));
  }

  #answer(request: IncomingMessage, response: ServerResponse, fault: Fault | undefined, carryOut: () => string): void {
    if (fault === "stall") return;
    if (fault === "error500" || fault === "error503") {
      send(
        response,
        fault === "error500" ? 500 : 503,
        fault === "error500" ? errorText("INTERNAL_ERROR", "a bug") : "<h1>Unavailable</h1>",
      );
      return;
    }
    if (fault === "busy" || fault === "busyForNow") {
      if (fault === "busyForNow") response.setHeader("retry-after", "0");
      send(response, 429, errorText("REQUEST_LIMIT_EXCEEDED", "slower, please"));
      return;
    }
    try {
      const text = carryOut();
      if (fault === "stallAfter") return;
      if (fault === "error500After" || fault === "half") send(response, 500, errorText("INTERNAL_ERROR", "lost the database"));
      else if (fault === "cutAfter") request.socket.destroy();
      else if (fault === "cutAnswer") {
        response.writeHead(200, { "content-type": "application/json", "content-length": text.length + 9 });
        response.write(text.slice(0, 1), () => request.socket.destroy());
      } else send(response, 200, text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(response, error.status, errorText(error.code, error.message));
    }
  }

  #call(path: string, url: URL, request: IncomingMessage, body: Buffer, fault: Fault | undefined): string {
    if (this.token !== undefined && request.headers.authorization !== `Bearer ${this.token}`) {
      throw new Refusal(401, "UNAUTHENTICATED", `no entry for ${request.headers.authorization ?? "nobody"}`);
    }
    const get = path === "runs/get" || path === "experiments/get-by-name";
    if (request.method !== (get ? "GET" : "POST")) throw new Refusal(405, "BAD_REQUEST", "Method Not Allowed");
    if (body.length > BODY_LIMIT) throw new Refusal(400, "INVALID_PARAMETER_VALUE", "requests must be at most 1000000 bytes");
    const given = get ? Object.fromEntries(url.searchParams) : (JSON.parse(body.toString()) as Record<string, unknown>);
    return JSON.stringify(this.state.call(path, given, fault === "half" ? 0.5 : 1));
  }
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(text);
}

function errorText(code: string, message: string): string {
  return JSON.stringify({ error_code: code, message });
}
