// One request for the rest of a file. Whatever a network or a server can do wrong becomes a PipelineError (data) whose
// message is the reason alone, so that the next mirror can be tried.
import { EXIT, PipelineError } from "../PipelineError.ts";

/** A server's answer. */
export interface RemoteBytes {
  /** Where in the file the chunks begin: where it was asked for, or 0 if the server sends the whole. */
  readonly start: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** What is asked for. */
export interface RemoteRequest {
  readonly url: string;
  /** The bytes that are already there. */
  readonly offset: number;
  /** The whole file's size: a server that has another one has another file. */
  readonly bytes: number;
  readonly signal: AbortSignal;
  /** How long a server may be silent. */
  readonly stallMs: number;
}

/** Asks a server for a file from `offset` on. Throws a PipelineError (data) for every failure of the far end, and the signal's reason. */
export async function openRemote(request: RemoteRequest): Promise<RemoteBytes> {
  const silence = new Silence(request.stallMs);
  const signal = AbortSignal.any([request.signal, silence.signal]);
  try {
    const { body, start } = await ask(request, signal);
    return { start, chunks: chunksOf(body, request, silence) };
  } catch (cause) {
    silence.end();
    throw failure(cause, request);
  }
}

async function ask(request: RemoteRequest, signal: AbortSignal): Promise<{ readonly body: Response["body"]; readonly start: number }> {
  const { url, offset } = request;
  // A server that compressed the file once more would send neither its bytes nor its size.
  const headers = { "accept-encoding": "identity", ...(offset > 0 && { range: `bytes=${offset}-` }) };
  const response = await fetch(url, { headers, signal });
  try {
    check(response, request.bytes);
    return { body: response.body, start: startOf(response, request) };
  } catch (error) {
    await response.body?.cancel();
    throw error;
  }
}

function check({ status, statusText, headers }: Response, bytes: number): void {
  if (status !== 200 && status !== 206) throw refused(`HTTP ${status} ${statusText}`.trimEnd());
  if (headers.get("content-type")?.startsWith("text/html") === true) throw refused(HTML_PAGE);
  const size = headers.get("content-range")?.split("/")[1] ?? (status === 200 ? headers.get("content-length") : null);
  if (size !== null && /^\d+$/.test(size) && Number(size) !== bytes) throw refused(`has ${size} bytes, expected ${bytes}`);
}

function startOf({ status, headers }: Response, { offset }: RemoteRequest): number {
  if (status === 200) return 0;
  const range = headers.get("content-range") ?? "";
  if (Number(/^bytes (\d+)-/.exec(range)?.[1]) !== offset)
    throw refused(`sends another part than was asked for (${range || "no Content-Range"})`);
  return offset;
}

async function* chunksOf(body: Response["body"], request: RemoteRequest, silence: Silence): AsyncGenerator<Uint8Array> {
  let first = true;
  try {
    for await (const chunk of body ?? []) {
      silence.broken();
      // Not every server says what it sends.
      if (first && /^\s*<(!doctype|html)/i.test(Buffer.from(chunk.subarray(0, 64)).toString("latin1"))) throw refused(HTML_PAGE);
      first = false;
      yield chunk;
    }
  } catch (cause) {
    throw failure(cause, request);
  } finally {
    silence.end();
  }
}

const HTML_PAGE = "sends a web page instead of the file; is there a login page or a proxy in between?";

function refused(reason: string, options?: ErrorOptions): PipelineError {
  return new PipelineError(EXIT.data, reason, options);
}

function failure(error: unknown, { url, signal, stallMs }: RemoteRequest): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof PipelineError) return error;
  if (error instanceof DOMException && error.name === "TimeoutError") return refused(`silent for ${stallMs / 1000} s`, { cause: error });
  // fetch says "fetch failed" or "terminated"; what it was stands behind that.
  const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
  const { hostname, host } = new URL(url);
  const reasons: Readonly<Record<string, string>> = {
    ENOTFOUND: `there is no host ${hostname}, or no network`,
    EAI_AGAIN: `${hostname} can't be looked up; is there a network?`,
    ENETUNREACH: `${host} can't be reached; is there a network?`,
    ECONNREFUSED: `${host} refuses connections`,
    UND_ERR_CONNECT_TIMEOUT: `${host} does not answer`,
    UND_ERR_SOCKET: "the connection was cut",
    ECONNRESET: "the connection was cut",
  };
  return refused(reasons[code ?? ""] ?? (message || (code ?? String(error))), { cause: error });
}

// A timer that every sign of life sets back.
class Silence {
  readonly #controller = new AbortController();
  readonly #longestMs: number;
  #timer: NodeJS.Timeout;

  constructor(longestMs: number) {
    this.#longestMs = longestMs;
    this.#timer = this.#start();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  broken(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #start(): NodeJS.Timeout {
    return setTimeout(() => this.#controller.abort(new DOMException("silent", "TimeoutError")), this.#longestMs);
  }
}
