// Everything that bytes can be read from, and the name that errors give it.

/**
 * A file path or http(s) address, a URL, a fetched Response, a stream of the web or of Node, any async sequence of chunks, or the bytes
 * themselves. A chunk must keep its bytes until the next one is asked for.
 */
export type ByteSource = string | URL | Response | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Uint8Array;

/** How to read a source. */
export interface ByteOptions {
  /** What errors call a source that has no path or address of its own. */
  readonly name?: string;
  /** Stops the reading; the error is then the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The path or address of a source as it was given, else `name`. */
export function sourceName(source: ByteSource, name = "input"): string {
  if (typeof source === "string") return source;
  if (source instanceof URL) return source.protocol === "file:" ? decodeURIComponent(source.pathname) : source.href;
  if (source instanceof Response && source.url !== "") return source.url;
  return name;
}
