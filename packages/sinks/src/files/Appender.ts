// Appends to a file that is open. A line of some hundred bytes goes into the system's cache in a few microseconds, while the thread
// that Node would send it to takes longer to wake, and takes that time from training: a file is written at once, and only what may
// keep its writer waiting (a pipe, a terminal, a device) through that thread. Node only.
import { writeSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";

/** Writes to the end of a file, in the order of the calls. */
export class Appender {
  readonly #handle: FileHandle;
  readonly #waits: boolean;

  private constructor(handle: FileHandle, waits: boolean) {
    this.#handle = handle;
    this.#waits = waits;
  }

  /** For `handle`, which stays the caller's to close. */
  static async of(handle: FileHandle): Promise<Appender> {
    return new Appender(handle, !(await handle.stat()).isFile());
  }

  /** Resolves when the system has all of `content`; the next call waits for that. */
  async append(content: Uint8Array | string): Promise<void> {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    // The system takes a line whole, short of a full disk or a signal.
    for (let offset = 0; offset < bytes.length;) {
      offset += this.#waits ? (await this.#handle.write(bytes, offset)).bytesWritten : writeSync(this.#handle.fd, bytes, offset);
    }
  }
}
