// The first stage of all reading: any source → chunks of plain bytes, decompressed, abortable.
import { DataError } from "../DataError.ts";
import { sourceName, type ByteOptions, type ByteSource } from "./ByteSource.ts";
import { gunzip, isGzip } from "./gunzip.ts";
import { readFile } from "./readFile.ts";
import { readStream } from "./readStream.ts";

/**
 * The bytes of `source` as they come, pulled one chunk at a time; gzip is known by its first two bytes and decompressed on the way.
 * A chunk holds its bytes until the next one is asked for. Throws a DataError when the source can't be read, and the signal's reason when it is aborted. A file is closed however the reading ends.
 */
export async function* openBytes(source: ByteSource, options: ByteOptions = {}): AsyncGenerator<Uint8Array, void, undefined> {
  const name = sourceName(source, options.name);
  const chunks = abortable(rawBytes(source, name, options.signal), options.signal);
  // Two bytes decide, and they may come in two chunks.
  let head: Uint8Array = new Uint8Array(0);
  try {
    while (head.length < 2) {
      const { done, value } = await chunks.next();
      if (done) break;
      head = head.length === 0 ? value : Uint8Array.of(...head, ...value);
    }
    const whole = startingWith(head, chunks);
    yield* isGzip(head) ? gunzip(whole, name) : whole;
  } finally {
    await chunks.return();
  }
}

async function* startingWith(
  head: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (head.length > 0) yield head;
  yield* rest;
}

async function* rawBytes(source: ByteSource, name: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array, void, undefined> {
  if (source instanceof Uint8Array) {
    yield source;
  } else if (typeof source === "string" || source instanceof URL) {
    const address = String(source);
    if (/^https?:/i.test(address)) yield* bodyOf(await fetched(address, signal), name);
    else yield* readFile(address.startsWith("file:") ? new URL(address) : address, name);
  } else if (source instanceof Response) {
    yield* bodyOf(source, name);
  } else if (source instanceof ReadableStream) {
    yield* checked(readStream(source), name);
  } else {
    yield* checked(source, name);
  }
}

async function fetched(address: string, signal: AbortSignal | undefined): Promise<Response> {
  return fetch(address, { signal: signal ?? null }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new DataError(`cannot be fetched (${(cause as Error).message}); check the address and the connection`, { file: address, cause });
  });
}

async function* bodyOf(response: Response, name: string): AsyncGenerator<Uint8Array, void, undefined> {
  if (!response.ok) {
    await response.body?.cancel();
    throw new DataError(`the server answered ${response.status} ${response.statusText}`.trimEnd() + "; check the address", { file: name });
  }
  if (!response.body) return;
  try {
    yield* readStream(response.body);
  } catch (cause) {
    throw new DataError(`the transfer broke off (${(cause as Error).message}); try again`, { file: name, cause });
  }
}

async function* checked(chunks: AsyncIterable<unknown>, name: string): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array)) {
      throw new DataError(`the stream gave a ${typeof chunk} where bytes were expected; set no encoding on it`, { file: name });
    }
    yield chunk;
  }
}

async function* abortable(
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!signal) return yield* chunks;
  try {
    for (;;) {
      const { done, value } = await nextUnlessAborted(chunks, signal);
      if (done) return;
      yield value;
    }
  } finally {
    // After an abort the last read may never settle: then the source closes by itself when it does.
    const closed = chunks.return();
    if (signal.aborted) closed.catch(() => {});
    else await closed;
  }
}

function nextUnlessAborted<Chunk>(
  chunks: AsyncIterator<Chunk, void, undefined>,
  signal: AbortSignal,
): Promise<IteratorResult<Chunk, void>> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    void chunks
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", abort));
  });
}
