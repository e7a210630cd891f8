// Streaming decompression of gzip: in Node by its zlib, which decompresses the next chunk in a thread of its own while this one
// is worked on; in browsers by their DecompressionStream.
import type { Writable } from "node:stream";
import { DataError } from "../DataError.ts";
import { freeBuffer } from "./freeBuffer.ts";
import { readStream } from "./readStream.ts";

// Node's own default of 16 KiB has too many trips between the threads.
const CHUNK_BYTES = 256 * 1024;

/** Whether the first two bytes are gzip's magic. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The decompressed chunks of a gzip file; throws a DataError when it is truncated or corrupt. Ending `chunks` is its owner's part. */
export async function* gunzip(
  chunks: AsyncIterator<Uint8Array, void, undefined>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  let sourceFailure: { readonly cause: unknown } | undefined;
  async function* compressed(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const { done, value } = await chunks.next().catch((cause: unknown) => {
        sourceFailure = { cause };
        throw cause;
      });
      if (done) return;
      yield value;
    }
  }
  const isNode = typeof process !== "undefined" && process.versions?.node !== undefined;
  try {
    yield* isNode ? decompressInNode(compressed()) : decompressInBrowser(compressed());
  } catch (cause) {
    if (sourceFailure) throw sourceFailure.cause;
    throw new DataError("the gzip data is truncated, corrupt or in several parts; fetch or compress the file again", { file: name, cause });
  }
}

async function* decompressInNode(compressed: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const { createGunzip } = await import("node:zlib");
  const plain = createGunzip({ chunkSize: CHUNK_BYTES });
  // Errors of the stream reach the loop through `plain`.
  feed(compressed, plain).catch((cause: unknown) => plain.destroy(cause as Error));
  let filled: ArrayBuffer | undefined;
  for await (const chunk of plain as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    // zlib fills one buffer after another.
    if (filled && filled !== chunk.buffer) freeBuffer(filled);
    filled = chunk.buffer;
    yield chunk;
  }
  if (filled) freeBuffer(filled);
}

// A chunk's bytes are in use until it is decompressed: only then the next one is asked for.
async function feed(chunks: AsyncIterable<Uint8Array>, decompressor: Writable): Promise<void> {
  for await (const chunk of chunks) {
    const error = await new Promise<unknown>((resolve) => decompressor.write(chunk, resolve));
    if (error || decompressor.destroyed) return;
  }
  decompressor.end();
}

/** The decompressed bytes by the platform's DecompressionStream, whose errors come as they are. */
export async function* decompressInBrowser(compressed: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { done, value } = await compressed.next();
      if (done) controller.close();
      // A copy: the next chunk is asked for before this one is decompressed.
      else controller.enqueue(new Uint8Array(value));
    },
  });
  yield* readStream(stream.pipeThrough(new DecompressionStream("gzip")));
}
