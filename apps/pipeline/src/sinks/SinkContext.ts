// What the program knows of a run when it opens a sink, and what a sink is told of that.
import type { Delivery, RunContext, TrainingEvent } from "@downhill/sinks";
import { history } from "../run/recordedEvents.ts";
import { takes } from "./takes.ts";

/** Whole lines of an events.ndjson. */
export interface RecordedPart {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
}

/** A run that opens sinks. */
export interface SinkContext extends Omit<RunContext, "history"> {
  /** What an interrupted run has recorded. */
  readonly recorded?: RecordedPart;
}

/** The context for a sink that is delivered to in this way. */
export function contextFor({ recorded, ...run }: SinkContext, delivery: Delivery): RunContext {
  if (recorded === undefined) return run;
  const { path, bytes } = recorded;
  return {
    ...run,
    async *history(): AsyncGenerator<TrainingEvent> {
      for await (const event of history(path, bytes)) if (takes(delivery, event)) yield event;
    },
  };
}
