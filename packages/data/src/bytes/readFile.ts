// The one place that reads from the file system: Node only, loaded when a path is opened.
import { DataError } from "../DataError.ts";

// Large enough that the trip to the thread pool costs little beside parsing, small enough to stay in the second-level cache.
const CHUNK_BYTES = 128 * 1024;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file; check the path",
  EISDIR: "is a folder; give the path of a file",
  EACCES: "no permission to read the file",
  EPERM: "no permission to read the file",
};

/** The chunks of a file, each with memory of its own; the file is closed at the end, at an error and when the reader leaves early. */
export async function* readFile(path: string | URL, name: string): AsyncGenerator<Uint8Array, void, undefined> {
  if (typeof process === "undefined" || process.versions?.node === undefined) {
    throw new DataError("paths can be read in Node only; in a browser give an http address, a Response or a stream", { file: name });
  }
  const { open } = await import("node:fs/promises");
  const reading = (cause: unknown): DataError => {
    const code = (cause as { code?: string }).code ?? "";
    return new DataError(REASONS[code] ?? `cannot be read (${(cause as Error).message})`, { file: name, cause });
  };
  const file = await open(path, "r").catch((cause: unknown) => {
    throw reading(cause);
  });
  try {
    for (;;) {
      const chunk = new Uint8Array(CHUNK_BYTES);
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES).catch((cause: unknown) => {
        throw reading(cause);
      });
      if (bytesRead === 0) return;
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
