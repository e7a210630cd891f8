import { sourceName, type ByteSource } from "../bytes/ByteSource.ts";
import { DataError } from "../DataError.ts";

/** Throws a DataError for a source that gives its bytes only once; a sequence of chunks must be one that can be gone through again. */
export function checkRereadable(source: ByteSource, name: string): void {
  const once =
    source instanceof Response ||
    source instanceof ReadableStream ||
    (typeof source === "object" && Symbol.asyncIterator in source && "next" in source);
  if (!once) return;
  throw new DataError("can be read only once, and streamed samples are read once an epoch; give a path, an address or bytes", {
    file: sourceName(source, name),
  });
}
