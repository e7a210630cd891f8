// The report as a file, written once when the run has come to its end. Node only.
import type { Sink } from "../contract/Sink.ts";
import type { TrainingEvent } from "../contract/TrainingEvent.ts";
import type { FigureSettings } from "../plot/RunFigures.ts";
import { replaceFile } from "../plot/replaceFile.ts";
import { page } from "./page.ts";
import { RunRecord } from "./RunRecord.ts";

/** A sink that gathers a run's events and writes the report at each flush; the host flushes at the end, whatever it was. */
export class ReportSink implements Sink {
  readonly #path: string;
  readonly #record: RunRecord;

  constructor(path: string, settings: FigureSettings) {
    this.#path = path;
    this.#record = new RunRecord(settings);
  }

  write(event: TrainingEvent): void {
    this.#record.take(event);
  }

  async flush(): Promise<void> {
    await replaceFile(this.#path, page(this.#record));
  }
}
