import type { Delivery, TrainingEvent } from "@downhill/sinks";

/** Whether a sink that is delivered to in this way is told the event. */
export function takes({ batches, live }: Delivery, event: TrainingEvent): boolean {
  switch (event.type) {
    case "batchCompleted":
      return batches;
    case "samplesPredicted":
    case "weightsShown":
      return live || event.epoch === undefined;
    default:
      return true;
  }
}
