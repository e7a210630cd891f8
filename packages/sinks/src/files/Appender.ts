// Appends to a file that is open. A line of some hundred bytes goes into the system's cache in a few microseconds, while the thread
// that Node would send it to takes longer to wake, and takes that time from training: a file is written at once, and only what may
// keep its writer waiting (a pipe, a terminal, a device) through that thread. Events come several at a time, and what one turn of
// the event loop brings is written together. Node only.
import { writeSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";

/** What is held at most; a turn seldom brings more. */
const HELD_BYTES = 65_536;

/** Writes to the end of a file, in the order of the calls. */
export class Appender {
  // A process that exits in the middle of a turn loses none of it.
  static readonly #holding = new Set<Appender>();
  static {
    process.on("exit", () => {
      for (const appender of Appender.#holding) appender.#writeQuietly();
    });
  }

  readonly #handle: FileHandle;
  readonly #waits: boolean;
  readonly #encoder = new TextEncoder();
  // For one text after another: memory of its own for each would lie outside of the heap, where it is long in being collected.
  readonly #held = new Uint8Array(HELD_BYTES);
  #length = 0;
  #turn: NodeJS.Immediate | undefined;
  #failure: unknown;

  private constructor(handle: FileHandle, waits: boolean) {
    this.#handle = handle;
    this.#waits = waits;
  }

  /** For `handle`, which stays the caller's to close. */
  static async of(handle: FileHandle): Promise<Appender> {
    return new Appender(handle, !(await handle.stat()).isFile());
  }

  /**
   * Writes `content`, to a file at the end of the turn; where writing may take long a promise resolves when the system has all of it,
   * and the next call waits for that. Throws what writing earlier content has thrown.
   */
  append(content: Uint8Array | string): void | Promise<void> {
    if (this.#waits) return this.#appendSlowly(typeof content === "string" ? this.#encoder.encode(content) : content);
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#hold(content)) {
      this.write();
      if (!this.#hold(content)) this.#writeAll(typeof content === "string" ? this.#encoder.encode(content) : content);
    }
    if (this.#turn !== undefined || this.#length === 0) return;
    this.#turn = setImmediate(() => this.#writeQuietly());
    Appender.#holding.add(this);
  }

  /** Writes what is held. Throws what that, or writing earlier content, has thrown. */
  write(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    Appender.#holding.delete(this);
    if (this.#failure !== undefined) throw this.#failure;
    const held = this.#held.subarray(0, this.#length);
    this.#length = 0;
    this.#writeAll(held);
  }

  // Nobody waits for it: whoever comes next is told.
  #writeQuietly(): void {
    try {
      this.write();
    } catch {}
  }

  // Whether there was room for it.
  #hold(content: Uint8Array | string): boolean {
    const room = this.#held.subarray(this.#length);
    if (typeof content === "string") {
      // In UTF-8 no character of a string takes more than three bytes.
      if (3 * content.length > room.length) return false;
      this.#length += this.#encoder.encodeInto(content, room).written;
      return true;
    }
    if (content.length > room.length) return false;
    room.set(content);
    this.#length += content.length;
    return true;
  }

  #writeAll(bytes: Uint8Array): void {
    try {
      // The system takes a line whole, short of a full disk or a signal.
      for (let offset = 0; offset < bytes.length;) offset += writeSync(this.#handle.fd, bytes, offset);
    } catch (error) {
      // What comes later would stand behind half a line.
      this.#failure = error;
      throw error;
    }
  }

  async #appendSlowly(bytes: Uint8Array): Promise<void> {
    for (let offset = 0; offset < bytes.length;) offset += (await this.#handle.write(bytes, offset)).bytesWritten;
  }
}
