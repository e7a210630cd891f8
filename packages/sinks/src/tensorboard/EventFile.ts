// One event file of TensorBoard, written by nobody else. Node only.
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { Appender } from "../files/Appender.ts";
import { EventRecords, type SummaryValue } from "./EventRecords.ts";

/** A new event file, open for appending. */
export class EventFile {
  readonly #handle: FileHandle;
  readonly #appender: Appender;
  readonly #records = new EventRecords();

  private constructor(handle: FileHandle, appender: Appender) {
    this.#handle = handle;
    this.#appender = appender;
  }

  /**
   * Makes a file in `folder` under a name that TensorBoard finds and that no file has yet; `wallTime` is in seconds since 1970 and
   * makes up the name. Writes its first record.
   */
  static async create(folder: string, wallTime: number): Promise<EventFile> {
    await mkdir(folder, { recursive: true });
    const handle = await openNew(join(folder, `events.out.tfevents.${Math.floor(wallTime)}.${hostname()}`));
    const file = new EventFile(handle, await Appender.of(handle));
    await file.#appender.append(file.#records.fileVersion(wallTime));
    return file;
  }

  /** Appends what is to be shown at `step`. */
  append(wallTime: number, step: number, values: readonly SummaryValue[]): void | Promise<void> {
    return this.#appender.append(this.#records.summary(wallTime, step, values));
  }

  /** Tells the reader to forget what earlier files of the folder say. */
  restart(wallTime: number): void | Promise<void> {
    return this.#appender.append(this.#records.sessionStart(wallTime, 0));
  }

  /** Waits until the disk holds what was written. */
  async sync(): Promise<void> {
    this.#appender.write();
    await this.#handle.sync();
  }

  async close(): Promise<void> {
    try {
      this.#appender.write();
    } finally {
      await this.#handle.close();
    }
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
