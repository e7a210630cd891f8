// The one place that reads from the file system: Node only, loaded when a path is opened.
import { DataError } from "../DataError.ts";
import { freeBuffer } from "./freeBuffer.ts";

// Large enough that the trips to the thread pool, which cost more than the reading, are few.
const CHUNK_BYTES = 1024 * 1024;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file; check the path",
  EISDIR: "is a folder; give the path of a file",
  EACCES: "no permission to read the file",
  EPERM: "no permission to read the file",
};

/**
 * The chunks of a file, in two buffers by turns: while one is worked on, the next is read into the other. The file is closed at the end, at
 * an error and when the reader leaves early.
 */
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
  const read = async (chunk: Uint8Array): Promise<Uint8Array> => {
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES).catch((cause: unknown) => {
      throw reading(cause);
    });
    return chunk.subarray(0, bytesRead);
  };
  try {
    const buffers = [new ArrayBuffer(CHUNK_BYTES), new ArrayBuffer(CHUNK_BYTES)];
    let ahead = read(new Uint8Array(buffers[0]));
    for (let turn = 1; ; turn = 1 - turn) {
      const chunk = await ahead;
      if (chunk.length === 0) {
        buffers.forEach(freeBuffer);
        return;
      }
      ahead = read(new Uint8Array(buffers[turn]));
      // Its failure is reported when its turn comes, or never when the reader leaves before.
      ahead.catch(() => {});
      yield chunk;
    }
  } finally {
    await file.close();
  }
}
