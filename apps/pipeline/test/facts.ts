// The least facts that a run can consist of, and their stamps.
import type { EpochCompleted, RunCompleted, RunStarted, TrainingEvent, TrainingFact } from "@downhill/sinks";

/** The first fact of a run. */
export function runStarted(epochs = 3): RunStarted {
  return { type: "runStarted", name: "fake", config: {}, epochs };
}

/** The fact of one epoch. */
export function epochCompleted(epoch: number, epochs = 3): EpochCompleted {
  return { type: "epochCompleted", epoch, epochs, cost: 1 / epoch, accuracy: 0.5, learningRate: 0.1, samplesPerSecond: 1, durationMs: 1 };
}

/** The last fact of a run. */
export function runCompleted(epochs = 3): RunCompleted {
  return { type: "runCompleted", reason: "finished", epochs, durationMs: epochs };
}

/** The fact as the event number `sequence` of the run "fake". */
export function stamped(fact: TrainingFact, sequence = 0): TrainingEvent {
  return { version: 1, run: "fake", sequence, at: "2026-01-01T00:00:00.000Z", ...fact };
}

/** What there is to tell of an event: its type, and which epoch, sink or end. */
export function brief(event: TrainingEvent): string {
  switch (event.type) {
    case "epochCompleted":
      return `epoch ${event.epoch}`;
    case "sinkFailed":
      return `sinkFailed ${event.sink}`;
    case "runCompleted":
      return `runCompleted ${event.reason}`;
    default:
      return event.type;
  }
}
