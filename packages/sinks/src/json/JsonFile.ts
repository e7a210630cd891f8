// The json sink's file, Node only. It is opened for appending, so a second run adds to what the first one wrote.
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { RunContext, Sink } from "../contract/Sink.ts";
import { SinkError } from "../contract/SinkError.ts";
import type { TrainingEvent } from "../contract/TrainingEvent.ts";
import { Appender } from "../files/Appender.ts";
import { toLine } from "./line.ts";
import { cutBack } from "./resumedFile.ts";

const NEWLINE = 10;

/** A sink that appends one line an event to a file, each whole. */
export class JsonFile implements Sink {
  readonly #handle: FileHandle;
  readonly #appender: Appender;
  readonly #path: string;

  private constructor(handle: FileHandle, appender: Appender, path: string) {
    this.#handle = handle;
    this.#appender = appender;
    this.#path = path;
  }

  /**
   * Opens the file at `path`, with the folders it needs. A last line that was cut short is ended first, so that it can't swallow ours.
   * Where `run` is gone on with, the file is first made to hold its history and nothing else of it.
   */
  static async open(path: string, run: Pick<RunContext, "run" | "history">): Promise<JsonFile> {
    await mkdir(dirname(path), { recursive: true });
    const handle = await open(path, "a+");
    const file = new JsonFile(handle, await Appender.of(handle), path);
    if (run.history !== undefined) return JsonFile.#resume(file, run.run, run.history);
    const { size } = await handle.stat();
    if (size > 0) {
      const last = new Uint8Array(1);
      await handle.read(last, 0, 1, size - 1);
      if (last[0] !== NEWLINE) await handle.write("\n");
    }
    return file;
  }

  static async #resume(file: JsonFile, run: string, history: () => AsyncIterable<TrainingEvent>): Promise<JsonFile> {
    let recorded = -1;
    for await (const { sequence } of history()) recorded = sequence;
    const held = await cutBack(file.#handle, run, recorded);
    for await (const event of history()) if (event.sequence > held) await file.write(event);
    return file;
  }

  write(event: TrainingEvent): void | Promise<void> {
    try {
      return this.#appender.append(toLine(event))?.catch((cause: unknown) => this.#fail(cause));
    } catch (cause) {
      return this.#fail(cause);
    }
  }

  /** Waits until the disk holds what was written. */
  async flush(): Promise<void> {
    try {
      this.#appender.write();
      await this.#handle.sync();
    } catch (cause) {
      this.#fail(cause);
    }
  }

  async close(): Promise<void> {
    try {
      this.#appender.write();
    } catch (cause) {
      this.#fail(cause);
    } finally {
      await this.#handle.close();
    }
  }

  #fail(cause: unknown): never {
    throw new SinkError(`${this.#path} can't be written: ${(cause as Error).message}`, { cause });
  }
}
