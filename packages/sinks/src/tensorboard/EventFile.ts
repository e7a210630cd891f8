// One event file of TensorBoard, written by nobody else. Node only.
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileVersionRecord } from "./eventRecord.ts";

/** A new event file, open for appending. */
export class EventFile {
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /**
   * Makes a file in `folder` under a name that TensorBoard finds and that no file has yet; `wallTime` is in seconds since 1970 and
   * makes up the name. Writes its first record.
   */
  static async create(folder: string, wallTime: number): Promise<EventFile> {
    await mkdir(folder, { recursive: true });
    const file = new EventFile(await openNew(join(folder, `events.out.tfevents.${Math.floor(wallTime)}.${hostname()}`)));
    await file.append(fileVersionRecord(wallTime));
    return file;
  }

  /** Appends a whole record. */
  async append(record: Uint8Array): Promise<void> {
    // The system takes a record whole, short of a full disk or a signal.
    for (let offset = 0; offset < record.length;) offset += (await this.#handle.write(record, offset)).bytesWritten;
  }

  /** Waits until the disk holds what was written. */
  async sync(): Promise<void> {
    await this.#handle.sync();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

// TensorBoard reads the files of a folder in the order of their names: a later one of the same second must sort behind.
async function openNew(stem: string): Promise<FileHandle> {
  for (let number = 0; ; number += 1) {
    try {
      return await open(number === 0 ? stem : `${stem}.${String(number).padStart(3, "0")}`, "ax");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
