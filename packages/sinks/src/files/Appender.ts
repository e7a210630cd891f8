// Appends to a file that is open. A line of some hundred bytes goes into the system's cache in a few microseconds, while the thread
// that Node would send it to takes longer to wake, and takes that time from training: a file is written at once, and only what may
// keep its writer waiting (a pipe, a terminal, a device) through that thread. Node only.
import { writeSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";

/** Most lines are shorter. */
const KEPT_BYTES = 65_536;

/** Writes to the end of a file, in the order of the calls. */
export class Appender {
  readonly #handle: FileHandle;
  readonly #waits: boolean;
  readonly #encoder = new TextEncoder();
  // For one text after another: memory of its own for each would lie outside of the heap, where it is long in being collected.
  readonly #bytes = new Uint8Array(KEPT_BYTES);

  private constructor(handle: FileHandle, waits: boolean) {
    this.#handle = handle;
    this.#waits = waits;
  }

  /** For `handle`, which stays the caller's to close. */
  static async of(handle: FileHandle): Promise<Appender> {
    return new Appender(handle, !(await handle.stat()).isFile());
  }

  /** Writes `content`; where that may take long a promise resolves when the system has all of it, and the next call waits for that. */
  append(content: Uint8Array | string): void | Promise<void> {
    const bytes = typeof content === "string" ? this.#encode(content) : content;
    if (this.#waits) return this.#appendSlowly(bytes);
    // The system takes a line whole, short of a full disk or a signal.
    for (let offset = 0; offset < bytes.length;) offset += writeSync(this.#handle.fd, bytes, offset);
  }

  async #appendSlowly(bytes: Uint8Array): Promise<void> {
    for (let offset = 0; offset < bytes.length;) offset += (await this.#handle.write(bytes, offset)).bytesWritten;
  }

  #encode(text: string): Uint8Array {
    const { read, written } = this.#encoder.encodeInto(text, this.#bytes);
    return read === text.length ? this.#bytes.subarray(0, written) : this.#encoder.encode(text);
  }
}
