// Streaming decompression of gzip, with the platform's own DecompressionStream in Node and in browsers.
import { DataError } from "../DataError.ts";
import { readStream } from "./readStream.ts";

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
  const compressed = new ReadableStream<BufferSource>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value as Uint8Array<ArrayBuffer>);
      } catch (cause) {
        sourceFailure = { cause };
        throw cause;
      }
    },
  });
  try {
    yield* readStream(compressed.pipeThrough(new DecompressionStream("gzip")));
  } catch (cause) {
    if (sourceFailure) throw sourceFailure.cause;
    throw new DataError("the gzip data is truncated, corrupt or in several parts; fetch or compress the file again", { file: name, cause });
  }
}
