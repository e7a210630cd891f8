// Mirrors on loopback, with the faults that real ones have.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";
import type { DataSetFile } from "../../src/download/dataSets.ts";

const closing: (() => void)[] = [];
afterAll(() => closing.forEach((close) => close()));

/** A request as a mirror saw it. */
export interface SeenRequest {
  readonly url: string;
  readonly range: string | undefined;
}

/** A server under way. */
export interface Mirror {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
}

/** Answers one request; `count` is how many came before. */
export type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** Starts a mirror; it is closed when the file's tests have run. */
export async function startMirror(answer: Answer): Promise<Mirror> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? "", range: request.headers.range });
    answer(request, response, requests.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, requests };
}

/** Sends the file as a good server does, from where it is asked to; `most` bytes of it before the connection is cut, if given. */
export function sendFile(request: IncomingMessage, response: ServerResponse, bytes: Buffer, most: number = Infinity): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const rest = bytes.subarray(start);
  if (request.headers.range !== undefined) response.setHeader("content-range", `bytes ${start}-${bytes.length - 1}/${bytes.length}`);
  response.writeHead(request.headers.range === undefined ? 200 : 206, {
    "content-length": rest.length,
    "content-type": "application/gzip",
  });
  if (rest.length <= most) response.end(rest);
  // Destroyed only after the bytes have left.
  else response.write(rest.subarray(0, most), () => setTimeout(() => response.destroy(), 20));
}

/** The list's entry for a file of these bytes. */
export function entryOf(name: string, bytes: Buffer): DataSetFile {
  return { name, bytes: bytes.length, md5: createHash("md5").update(bytes).digest("hex") };
}

/** `length` bytes that don't repeat soon. */
export function someBytes(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, index) => (index * index + (index >> 8)) & 255));
}
