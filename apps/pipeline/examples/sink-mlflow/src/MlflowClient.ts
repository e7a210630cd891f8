// One request of MLflow's REST API 2.0 and its answer, or an MlflowError that says whether another try may help. Nothing is tried again
// here.
import type { ZodType } from "zod";
import { MlflowError } from "./MlflowError.ts";

/** Whom the client talks to, and how long it waits. */
export interface MlflowClientOptions {
  readonly trackingUri: string;
  readonly token?: string;
  readonly requestMs: number;
}

// More of a server's message would hide ours.
const LONGEST_MESSAGE = 300;

/** Talks to one MLflow server. */
export class MlflowClient {
  readonly #options: MlflowClientOptions;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(options: MlflowClientOptions) {
    this.#options = options;
    this.#headers = { "content-type": "application/json", ...(options.token && { authorization: `Bearer ${options.token}` }) };
  }

  /** Asks for what `path` names, such as `runs/get`. Throws an MlflowError. */
  get<Answer>(path: string, query: Readonly<Record<string, string>>, answer: ZodType<Answer>): Promise<Answer> {
    return this.#request(path, `?${new URLSearchParams(query).toString()}`, { method: "GET" }, answer);
  }

  /** Sends `body` to `path`, such as `runs/log-batch`. Throws an MlflowError. */
  post<Answer>(path: string, body: unknown, answer: ZodType<Answer>): Promise<Answer> {
    return this.#request(path, "", { method: "POST", body: JSON.stringify(body) }, answer);
  }

  async #request<Answer>(path: string, query: string, request: RequestInit, expected: ZodType<Answer>): Promise<Answer> {
    const { trackingUri, requestMs } = this.#options;
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${trackingUri}/api/2.0/mlflow/${path}${query}`, {
        ...request,
        headers: this.#headers,
        // A POST that is redirected becomes a GET, and the token would go to who knows where.
        redirect: "manual",
        signal: AbortSignal.timeout(requestMs),
      });
      text = await response.text();
    } catch (cause) {
      const reason = this.#shown(networkReason(cause, requestMs));
      throw new MlflowError(`MLflow at ${trackingUri} can't be reached: ${reason}; is it running?`, { passing: true, cause });
    }
    const answer = parsed(text);
    if (!response.ok) throw this.#refusal(path, response, answer);
    const checked = expected.safeParse(answer);
    if (answer === undefined || !checked.success)
      throw new MlflowError(`${trackingUri} answers ${path} as no MLflow does; check trackingUri`);
    return checked.data;
  }

  #refusal(path: string, response: Response, answer: ErrorAnswer | undefined): MlflowError {
    const { status, headers } = response;
    const { error_code: code, message } = answer ?? {};
    const said = this.#shown([code, message].filter((part) => typeof part === "string").join(": "));
    const details = said === "" ? "" : `: ${said}`;
    return new MlflowError(`MLflow at ${this.#options.trackingUri} answers ${path} with ${status}${details}${hint(response)}`, {
      passing: status === 408 || status === 429 || status >= 500,
      ...(typeof code === "string" && { code }),
      retryAfterMs: retryAfter(headers.get("retry-after")),
    });
  }

  // What a server says may hold anything, even what it was sent.
  #shown(text: string): string {
    const { token } = this.#options;
    const plain = (token ? text.replaceAll(token, "…") : text).replace(/\p{Cc}+/gu, " ").trim();
    return plain.length > LONGEST_MESSAGE ? `${plain.slice(0, LONGEST_MESSAGE)}…` : plain;
  }
}

interface ErrorAnswer {
  readonly error_code?: unknown;
  readonly message?: unknown;
}

// Objects only: undefined is an answer that isn't MLflow's.
function parsed(text: string): ErrorAnswer | undefined {
  try {
    const value: unknown = text === "" ? {} : JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function networkReason(cause: unknown, requestMs: number): string {
  const error = cause as Error;
  if (error.name === "TimeoutError") return `no answer within ${requestMs} ms`;
  // fetch only says that it failed; why stands behind it, for a name of several addresses in a code alone.
  const { message, code } = (error.cause ?? error) as { readonly message?: string; readonly code?: string };
  return message || code || error.message;
}

function hint(response: Response): string {
  const { status, headers } = response;
  if (status === 401 || status === 403) return "; is the token right?";
  if (status >= 300 && status < 400)
    return ` and points to ${new URL(headers.get("location") ?? "", response.url).origin}; set trackingUri to it`;
  return "";
}

// Seconds, or a date.
function retryAfter(header: string | null): number {
  if (header === null) return 0;
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 0;
}
