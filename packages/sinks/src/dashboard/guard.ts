// Who may speak to the server: programs and pages of this machine that mean it, and no page of another site that a browser
// here happens to show.
import type { IncomingMessage } from "node:http";

/** The header in which a page returns the session's secret, which only a page of this server can have read. */
export const SESSION_HEADER = "x-dashboard-session";

/** Why a request is refused. */
export interface Refusal {
  readonly status: 403 | 405 | 413;
  readonly message: string;
}

/**
 * Says why `request` to the server at `port` is refused, or nothing. A name that was made to point to this machine shows in Host
 * (DNS rebinding), a page of another site in Origin; a POST must come from this server's own page and bring `session`.
 */
export function refusalOf(request: IncomingMessage, port: number, session: string): Refusal | undefined {
  const { method = "", headers } = request;
  const host = headers.host?.toLowerCase() ?? "";
  if (![`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(host)) return { status: 403, message: "unknown host" };
  if (method !== "GET" && method !== "HEAD" && method !== "POST") return { status: 405, message: "GET, HEAD and POST only" };
  const { origin } = headers;
  if (origin === undefined ? method === "POST" : origin !== `http://${host}`) return { status: 403, message: "foreign origin" };
  // A foreign page's images and scripts have no Origin; browsers say so here. A link from there is a person's own step.
  const site = headers["sec-fetch-site"] ?? "none";
  if (site !== "same-origin" && site !== "none" && headers["sec-fetch-mode"] !== "navigate")
    return { status: 403, message: "foreign origin" };
  if (method !== "POST") return undefined;
  if (headers[SESSION_HEADER] !== session) return { status: 403, message: "unknown session" };
  if (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0)
    return { status: 413, message: "no body is taken" };
  return undefined;
}
