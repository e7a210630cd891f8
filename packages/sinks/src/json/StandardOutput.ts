// The json sink without a path: standard output, which belongs to the process and is never closed here. Node only.
import { stdout } from "node:process";
import type { Sink } from "../contract/Sink.ts";
import type { TrainingEvent } from "../contract/TrainingEvent.ts";
import { toLine } from "./line.ts";

/** A sink that writes one line an event to standard output, at the pace of whoever reads it. */
export class StandardOutput implements Sink {
  write(event: TrainingEvent): Promise<void> {
    return new Promise((resolve, reject) => {
      stdout.write(toLine(event), (error) => (error ? reject(error) : resolve()));
    });
  }
}
