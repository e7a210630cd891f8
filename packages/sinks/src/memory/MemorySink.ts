// The sink that keeps everything: for tests and notebooks, where the events are looked at afterwards.
import { optionsSchema } from "../contract/optionsSchema.ts";
import type { Sink, SinkPlugin } from "../contract/Sink.ts";
import type { RunEnd, TrainingEvent } from "../contract/TrainingEvent.ts";

/** The options of the memory sink, for code that opens it; a config has none to give. */
export interface MemoryOptions {
  /** Where to put the events; a new array without it. */
  readonly events?: TrainingEvent[];
}

/** A sink that keeps the events themselves, in the order they came. */
export class MemorySink implements Sink {
  readonly events: TrainingEvent[];
  /** How the run ended, once the sink is closed. */
  reason: RunEnd | undefined;

  /** Appends to `events`, which stays the caller's own. */
  constructor(events: TrainingEvent[] = []) {
    this.events = events;
  }

  write(event: TrainingEvent): void {
    this.events.push(event);
  }

  close(reason: RunEnd): void {
    this.reason = reason;
  }
}

/** Keeps events in an array. */
export const memorySink: SinkPlugin<MemoryOptions> & { open(options: MemoryOptions): MemorySink } = {
  name: "memory",
  options: optionsSchema<MemoryOptions>("keeps the events in an array", {
    events: {
      check: (value) => (Array.isArray(value) ? undefined : "an array"),
      schema: { description: "where to put the events; a new array without it", type: "array" },
    },
  }),
  delivery: { whenFull: "block" },
  open: ({ events }) => new MemorySink(events),
};
