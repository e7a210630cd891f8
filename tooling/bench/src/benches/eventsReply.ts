// What is asked of the host of sinks, and what it must have done.
import { BenchError, EXIT } from "../BenchError.ts";

/** A sink as a config names it. */
export interface SinkEntry {
  readonly use: string;
  readonly path?: string;
}

/** A made-up run of so many epochs through these sinks, whose files go into `folder`. */
export interface EventsRequest {
  readonly sinks: readonly SinkEntry[];
  readonly events: number;
  readonly folder: string;
}

/** How it went. */
export interface EventsReply {
  readonly milliseconds: number;
  readonly growthBytes: number;
  /** Lines of the json sink's file, where there is one. */
  readonly lines?: number;
  readonly failures: readonly string[];
}

/** Throws a BenchError where a sink failed or an event was lost. */
export function checkEvents({ sinks, events }: EventsRequest, { lines, failures }: EventsReply): void {
  if (failures.length > 0) throw new BenchError(EXIT.failed, `a sink failed: ${failures.join("; ")}`);
  // Its start and its end stand before and after the epochs.
  if (sinks.some(({ use }) => use === "json") && lines !== events + 2) {
    throw new BenchError(EXIT.failed, `the json sink wrote ${lines} lines of ${events + 2}`);
  }
}
