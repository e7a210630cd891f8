// The csv sink's file, Node only. It is the run's own, so it is written afresh: a run that is gone on with begins with the
// rows of its history, and has neither a gap nor a row twice, whatever the file held when the run was interrupted.
import { type FileHandle, open } from "node:fs/promises";
import type { Sink } from "../contract/Sink.ts";
import type { TrainingEvent } from "../contract/TrainingEvent.ts";
import { Appender } from "../files/Appender.ts";
import { HEADER, row } from "./columns.ts";

// Characters of history that are written at once.
const CHUNK = 65_536;

/** A sink that writes one row an epoch. */
export class CsvFile implements Sink {
  readonly #handle: FileHandle;
  readonly #appender: Appender;

  private constructor(handle: FileHandle, appender: Appender) {
    this.#handle = handle;
    this.#appender = appender;
  }

  /** Makes the file at `path`, with a row for each epoch of `history`. */
  static async open(path: string, history: AsyncIterable<TrainingEvent> | Iterable<TrainingEvent>): Promise<CsvFile> {
    const handle = await open(path, "w");
    try {
      const appender = await Appender.of(handle);
      let text = HEADER;
      for await (const event of history) {
        if (event.type === "epochCompleted") text += row(event);
        if (text.length < CHUNK) continue;
        await appender.append(text);
        text = "";
      }
      await appender.append(text);
      return new CsvFile(handle, appender);
    } catch (cause) {
      await handle.close();
      throw cause;
    }
  }

  write(event: TrainingEvent): void | Promise<void> {
    return event.type === "epochCompleted" ? this.#appender.append(row(event)) : undefined;
  }

  /** Waits until the disk holds what was written. */
  async flush(): Promise<void> {
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
