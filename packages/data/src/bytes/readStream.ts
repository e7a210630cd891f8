// A web stream as an async sequence: not every browser iterates streams by itself.

/** The chunks of a web stream; a reader that leaves early cancels it. */
export async function* readStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      yield value;
    }
  } catch (cause) {
    ended = true;
    throw cause;
  } finally {
    if (!ended) await reader.cancel();
  }
}
